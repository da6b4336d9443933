using System.Net;
using System.Text;
using Baas.Core.Records;

namespace Baas.Functions.Tests.Http;

public class TransactionEndpointsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Channel = $"/api/v1/tenants/{ApiHost.Tenant}/networks/none/channels/main";

    [Theory]
    [InlineData("evaluate")]
    [InlineData("submit")]
    public async Task Call_Reader_IsForbidden(string verb)
    {
        using var client = await host.ClientAsync(Role.Reader);

        Assert.Equal("forbidden", await ApiHost.CodeAsync(await client.PostAsync($"{Channel}/chaincodes/asset/{verb}", Json("""{"function":"Read"}""")), HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("""{"function":"Read","args":["a"]}""", "network-not-found", HttpStatusCode.NotFound)]
    [InlineData("""{"args":["a"]}""", "body-malformed", HttpStatusCode.BadRequest)]
    [InlineData("""{"function":"Read","args":"a"}""", "body-malformed", HttpStatusCode.BadRequest)]
    [InlineData("""{"function":"Read","transient":{"a":"no base64!"}}""", "body-malformed", HttpStatusCode.BadRequest)]
    [InlineData("""{"function":"Read","organization":"No Name"}""", "body-malformed", HttpStatusCode.BadRequest)]
    [InlineData("""{"function":"Read","surprise":1}""", "body-malformed", HttpStatusCode.BadRequest)]
    public async Task Call_BadInput_IsRefused(string body, string code, HttpStatusCode status)
    {
        using var client = await host.ClientAsync(Role.Operator);

        foreach (var verb in new[] { "evaluate", "submit" })
        {
            Assert.Equal(code, await ApiHost.CodeAsync(await client.PostAsync($"{Channel}/chaincodes/asset/{verb}", Json(body)), status));
        }
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("tab\there")]
    public async Task Submit_BadKey_IsRefused(string key)
    {
        using var client = await host.ClientAsync(Role.Operator);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Channel}/chaincodes/asset/submit") { Content = Json("""{"function":"Create"}""") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        Assert.Equal("idempotency-key-invalid", await ApiHost.CodeAsync(await client.SendAsync(request), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Submit_BodyTooLarge_IsRefused()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var body = $$"""{"function":"Create","args":["{{new string('a', 1024 * 1024)}}"]}""";

        Assert.Equal("body-too-large", await ApiHost.CodeAsync(await client.PostAsync($"{Channel}/chaincodes/asset/submit", Json(body)), HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory]
    [InlineData("abc", "transaction-id-invalid", HttpStatusCode.BadRequest)]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000g", "transaction-id-invalid", HttpStatusCode.BadRequest)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "network-not-found", HttpStatusCode.NotFound)]
    public async Task Status_BadInput_IsRefused(string id, string code, HttpStatusCode status)
    {
        using var client = await host.ClientAsync(Role.Reader);

        Assert.Equal(code, await ApiHost.CodeAsync(await client.GetAsync($"{Channel}/transactions/{id}"), status));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
