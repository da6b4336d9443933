using System.Net;
using System.Net.Http.Headers;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Http;

public class OidcTests : IClassFixture<OidcTests.Host>
{
    private readonly ApiHost _host;

    public OidcTests(Host host)
        : this((ApiHost)host)
    {
    }

    private protected OidcTests(ApiHost host) => _host = host;

    private const string Networks = $"/api/v1/tenants/{ApiHost.Tenant}/networks";

    [Theory]
    [InlineData("something-else")]
    [InlineData("baas_0.1.2")]
    public async Task TextThatIsNoToken_ProviderDoesNotAnswer_IsUnauthenticated(string text)
    {
        using var client = await ClientAsync(text);

        Assert.Equal("unauthenticated", await ApiHost.CodeAsync(await client.GetAsync(Networks), HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Token_ProviderDoesNotAnswer_IsTriedAgainLater()
    {
        using var client = await ClientAsync("eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl");

        Assert.Equal("oidc-unreachable", await ApiHost.CodeAsync(await client.GetAsync(Networks), HttpStatusCode.ServiceUnavailable));
    }

    [Fact]
    public async Task Key_ProviderDoesNotAnswer_GoesOnWorking()
    {
        using var client = await _host.ClientAsync(Role.Reader);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Networks)).StatusCode);
    }

    [Fact]
    public async Task Key_StoreDoesNotAnswer_IsTriedAgainLater()
    {
        using var client = await _host.ClientAsync(Role.Reader);
        var store = (MemoryBlobStore)_host.Services.GetRequiredService<IBlobStore>();
        store.Failure = new StorageException("storage-unavailable", "cannot read: gone") { IsTransient = true };

        using var answer = await client.GetAsync(Networks);

        store.Failure = null;
        Assert.Equal("storage-unavailable", await ApiHost.CodeAsync(answer, HttpStatusCode.ServiceUnavailable));
    }

    [Theory]
    [InlineData("reader", ApiHost.Tenant, HttpStatusCode.OK)]
    [InlineData("admin", null, HttpStatusCode.OK)]
    [InlineData("reader", "other", HttpStatusCode.Forbidden)]
    [InlineData("king", ApiHost.Tenant, HttpStatusCode.Unauthorized)]
    [InlineData("reader", null, HttpStatusCode.Unauthorized)]
    public async Task Token_OfTheProvider_MayWhatItsClaimsSay(string role, string? tenant, HttpStatusCode expected)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var asked = await StartedAsync(provider);
        Dictionary<string, object> claims = new() { ["sub"] = "ann", ["baas_role"] = role };
        if (tenant is not null)
        {
            claims["baas_tenant"] = tenant;
        }

        using var client = await ClientAsync(provider.Token(claims), asked);

        Assert.Equal(expected, (await client.GetAsync(Networks)).StatusCode);
    }

    [Fact]
    public async Task Token_ForSomebodyElse_IsUnauthenticated()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var asked = await StartedAsync(provider);
        using var client = await ClientAsync(provider.Token(new() { ["sub"] = "ann", ["baas_role"] = "admin" }, audience: "another"), asked);

        Assert.Equal("unauthenticated", await ApiHost.CodeAsync(await client.GetAsync(Networks), HttpStatusCode.Unauthorized));
    }

    private protected virtual ApiHost With(string authority) => new Host { Authority = authority };

    private async Task<ApiHost> StartedAsync(TestProvider provider)
    {
        var asked = With(provider.Authority);
        await asked.InitializeAsync();
        return asked;
    }

    private async Task<HttpClient> ClientAsync(string token, ApiHost? asked = null)
    {
        var client = await (asked ?? _host).ClientAsync(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A host with a provider; by default at a port on which nobody listens.</summary>
    public sealed class Host : ApiHost
    {
        public string Authority { get; init; } = "https://127.0.0.1:9/";

        private protected override IEnumerable<KeyValuePair<string, string?>> Settings => [new("oidc:authority", Authority)];
    }
}
