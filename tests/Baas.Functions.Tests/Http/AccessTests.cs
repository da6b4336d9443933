using System.Net;
using System.Net.Http.Headers;
using Baas.Core.Records;

namespace Baas.Functions.Tests.Http;

public class AccessTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Tenant = $"/api/v1/tenants/{ApiHost.Tenant}";

    [Theory]
    [InlineData(null)]
    [InlineData("baas_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("baas_../../../../etc/p_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("something-else")]
    public async Task AnyRoute_WithoutAWorkingKey_IsUnauthenticated(string? key)
    {
        using var client = await host.ClientAsync(null);
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);

        using var answer = await client.GetAsync($"{Tenant}/networks");

        Assert.Equal("unauthenticated", await ApiHost.CodeAsync(answer, HttpStatusCode.Unauthorized));
        Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherTenant_IsForbiddenAlikeWhetherItIsThereOrNot()
    {
        await host.Services.GetTenantAsync("other");
        using var client = await host.ClientAsync(Role.Owner);

        var there = await ApiHost.ReadAsync(await client.GetAsync("/api/v1/tenants/other/networks"), HttpStatusCode.Forbidden);
        var absent = await ApiHost.ReadAsync(await client.GetAsync("/api/v1/tenants/absent/networks"), HttpStatusCode.Forbidden);

        Assert.Equal((string?)there["detail"], (string?)absent["detail"]);
    }

    [Theory]
    [InlineData(Role.Reader, "POST", "/networks", HttpStatusCode.Forbidden)]
    [InlineData(Role.Reader, "GET", "/networks", HttpStatusCode.OK)]
    [InlineData(Role.Reader, "DELETE", "/networks/none", HttpStatusCode.Forbidden)]
    [InlineData(Role.Operator, "DELETE", "/networks/none", HttpStatusCode.NotFound)]
    [InlineData(Role.Operator, "GET", "/networks/none/organizations/org1/identities/admin", HttpStatusCode.Forbidden)]
    [InlineData(Role.Owner, "GET", "/networks/none/organizations/org1/identities/admin", HttpStatusCode.NotFound)]
    [InlineData(Role.Operator, "GET", "/api-keys", HttpStatusCode.Forbidden)]
    [InlineData(Role.Owner, "GET", "/api-keys", HttpStatusCode.OK)]
    [InlineData(Role.Operator, "PUT", "/authorities/root", HttpStatusCode.Forbidden)]
    [InlineData(Role.Owner, "DELETE", "", HttpStatusCode.Forbidden)]
    [InlineData(Role.Reader, "GET", "/operations/op-none", HttpStatusCode.NotFound)]
    public async Task Route_AsksForItsRole(Role role, string method, string path, HttpStatusCode expected)
    {
        using var client = await host.ClientAsync(role);

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Tenant + path));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Tenants_AreForAdmins()
    {
        using var owner = await host.ClientAsync(Role.Owner);
        using var admin = await host.ClientAsync(Role.Admin);

        Assert.Equal("forbidden", await ApiHost.CodeAsync(await owner.GetAsync("/api/v1/tenants"), HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.Created, (await admin.PostAsync("/api/v1/tenants", ApiHost.Json("""{"name":"made"}"""))).StatusCode);
        Assert.Equal("tenant-exists", await ApiHost.CodeAsync(await admin.PostAsync("/api/v1/tenants", ApiHost.Json("""{"name":"made"}""")), HttpStatusCode.Conflict));
        Assert.Equal("body-malformed", await ApiHost.CodeAsync(await admin.PostAsync("/api/v1/tenants", ApiHost.Json("""{"name":"No Name"}""")), HttpStatusCode.BadRequest));
        Assert.Equal("body-malformed", await ApiHost.CodeAsync(await admin.PostAsync("/api/v1/tenants", ApiHost.Json("""{"name":"more","extra":1}""")), HttpStatusCode.BadRequest));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync("/api/v1/tenants/made")).StatusCode);
        Assert.Equal("tenant-not-found", await ApiHost.CodeAsync(await admin.GetAsync("/api/v1/tenants/made"), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task ApiKeys_AreShownOnceAndCanBeRevoked()
    {
        using var owner = await host.ClientAsync(Role.Owner);

        var made = await ApiHost.ReadAsync(await owner.PostAsync($"{Tenant}/api-keys", ApiHost.Json("""{"role":"reader","description":"dashboard","validDays":30}""")), HttpStatusCode.Created);
        var key = (string?)made["key"];
        using var reader = await host.ClientAsync(null);
        reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"{Tenant}/networks")).StatusCode);
        Assert.DoesNotContain(key!, await owner.GetStringAsync($"{Tenant}/api-keys"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"{Tenant}/api-keys/{made["id"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reader.GetAsync($"{Tenant}/networks")).StatusCode);
    }

    [Theory]
    [InlineData("""{"role":"admin"}""", "role-invalid")]
    [InlineData("""{"role":"king"}""", "body-malformed")]
    [InlineData("""{"role":"reader","validDays":0}""", "api-key-invalid")]
    [InlineData("""{}""", "body-malformed")]
    public async Task ApiKeys_BadRequest_IsRefused(string body, string code)
    {
        using var owner = await host.ClientAsync(Role.Owner);

        Assert.Equal(code, await ApiHost.CodeAsync(await owner.PostAsync($"{Tenant}/api-keys", ApiHost.Json(body)), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task UnknownRouteAndMethod_AreProblems()
    {
        using var client = await host.ClientAsync(Role.Admin);

        Assert.Equal("route-not-found", await ApiHost.CodeAsync(await client.GetAsync("/api/v2/x"), HttpStatusCode.NotFound));
        Assert.Equal("method-not-allowed", await ApiHost.CodeAsync(await client.DeleteAsync("/healthz"), HttpStatusCode.MethodNotAllowed));
    }
}
