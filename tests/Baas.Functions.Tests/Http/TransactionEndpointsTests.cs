using System.Net;
using System.Text;
using Baas.Core.Records;

namespace Baas.Functions.Tests.Http;

public class TransactionEndpointsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Channel = $"/api/v1/tenants/{ApiHost.Tenant}/networks/none/channels/main";
    private const string Evaluate = Channel + "/chaincodes/asset/evaluate";

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
    public async Task Evaluate_BadInput_IsRefused(string body, string code, HttpStatusCode status)
    {
        using var client = await host.ClientAsync(Role.Operator);

        Assert.Equal(code, await ApiHost.CodeAsync(await client.PostAsync(Evaluate, Json(body)), status));
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
