using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Records;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;

namespace Baas.Functions.Tests.Http;

public class NetworkEndpointsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Networks = $"/api/v1/tenants/{ApiHost.Tenant}/networks";

    [Fact]
    public async Task Create_Valid_AnswersWithTheOperationAndStartsItsWorkflow()
    {
        using var client = await host.ClientAsync(Role.Operator);

        using var answer = await client.PostAsync($"{Networks}?onFailure=keep", ApiHost.Yaml(ApiHost.Specification("fresh")));

        var operation = await ApiHost.ReadAsync(answer, HttpStatusCode.Accepted);
        var id = (string?)operation["id"];
        Assert.Equal($"/api/v1/tenants/acme/operations/{id}", answer.Headers.GetValues("Operation-Location").Single());
        var input = Assert.IsType<CreateNetwork.Input>(host.Workflows.Started[id!]);
        Assert.Equal(OnFailure.Keep, input.OnFailure);
        var network = await ApiHost.ReadAsync(await client.GetAsync($"{Networks}/fresh"), HttpStatusCode.OK);
        Assert.Equal("creating", (string?)network["state"]);
        Assert.Equal(id, (string?)network["activeOperation"]);
    }

    [Fact]
    public async Task Create_DryRun_AnswersWithThePlanAndStartsNothing()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var before = host.Workflows.Started.Count;

        var plan = await ApiHost.ReadAsync(await client.PostAsync($"{Networks}?dryRun=true", ApiHost.Yaml(ApiHost.Specification("planned"))), HttpStatusCode.OK);

        Assert.Equal(["organizations", "nodes", "channels"], plan["phases"]!.AsArray().Select(phase => (string?)phase!["name"]));
        Assert.Equal(before, host.Workflows.Started.Count);
        Assert.Equal("network-not-found", await ApiHost.CodeAsync(await client.GetAsync($"{Networks}/planned"), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Create_BusyNetwork_IsRefusedWithItsOperation()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var first = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("busy"))), HttpStatusCode.Accepted);

        var second = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("busy"))), HttpStatusCode.Conflict);

        Assert.Equal("network-busy", (string?)second["code"]);
        Assert.Equal((string?)first["id"], (string?)second["operation"]);
        Assert.Equal("network-busy", await ApiHost.CodeAsync(await client.DeleteAsync($"{Networks}/busy"), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Create_SameKeyAndBody_GivesTheSameOperation_OtherBodyIsRefused()
    {
        using var client = await host.ClientAsync(Role.Operator);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "again-1");

        var first = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("twice"))), HttpStatusCode.Accepted);
        var again = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("twice"))), HttpStatusCode.Accepted);
        var other = await ApiHost.CodeAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("thrice"))), HttpStatusCode.UnprocessableEntity);

        Assert.Equal((string?)first["id"], (string?)again["id"]);
        Assert.Equal("idempotency-key-reused", other);
    }

    [Fact]
    public async Task Create_FiftyAtOnce_AllBegin()
    {
        using var client = await host.ClientAsync(Role.Operator);

        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(number => client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification($"many-{number}")))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.All(Enumerable.Range(1, 50), number => Assert.Contains(host.Workflows.Started.Values.OfType<CreateNetwork.Input>(), input => input.Spec.Name.Value == $"many-{number}"));
    }

    [Fact]
    public async Task Create_SameNetworkAtOnce_OneBegins()
    {
        using var client = await host.ClientAsync(Role.Operator);

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(_ => client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("race")))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(host.Workflows.Started.Values.OfType<CreateNetwork.Input>(), input => input.Spec.Name.Value == "race");
    }

    [Theory]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest, "specification-malformed")]
    [InlineData("application/json", """{"name":"x","surprise":1}""", HttpStatusCode.BadRequest, "specification-malformed")]
    [InlineData("application/yaml", "a: &x [*x]", HttpStatusCode.BadRequest, "specification-malformed")]
    [InlineData("text/plain", "name: x", HttpStatusCode.UnsupportedMediaType, "media-type-unsupported")]
    public async Task Create_BadBody_IsRefused(string mediaType, string body, HttpStatusCode status, string code)
    {
        using var client = await host.ClientAsync(Role.Operator);

        using var answer = await client.PostAsync(Networks, new StringContent(body, Encoding.UTF8, mediaType));

        Assert.Equal(code, await ApiHost.CodeAsync(answer, status));
    }

    [Fact]
    public async Task Create_InvalidSpecification_NamesEveryViolationWithItsPath()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var text = ApiHost.Specification("invalid").Replace("nodes: 1", "nodes: 1, consensus: bft, cluster: moon", StringComparison.Ordinal);

        var problem = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(text)), HttpStatusCode.BadRequest);

        Assert.All(problem["violations"]!.AsArray(), violation => Assert.StartsWith("$.", (string?)violation!["path"], StringComparison.Ordinal));
        Assert.NotEmpty(problem["violations"]!.AsArray());
    }

    [Fact]
    public async Task Create_UnknownClusterAndAuthority_AreNamed()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var text = ApiHost.Specification("placed").Replace("peers: 1", "peers: 1, cluster: moon, ca: { signingIssuer: nowhere }", StringComparison.Ordinal);

        var problem = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(text)), HttpStatusCode.BadRequest);

        Assert.Equal(["cluster-unknown", "authority-unknown"], problem["violations"]!.AsArray().Select(violation => (string?)violation!["code"]));
    }

    [Fact]
    public async Task Create_TooLarge_IsRefusedWhetherItsLengthIsToldOrNot()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var large = new string('#', 300 * 1024);

        Assert.Equal("body-too-large", await ApiHost.CodeAsync(await client.PostAsync(Networks, ApiHost.Yaml(large)), HttpStatusCode.RequestEntityTooLarge));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, Networks) { Content = ApiHost.Yaml(large) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal("body-too-large", await ApiHost.CodeAsync(await client.SendAsync(chunked), HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory]
    [InlineData("?onFailure=maybe", "on-failure-unknown")]
    [InlineData("?dryRun=perhaps", "request-malformed")]
    public async Task Create_BadParameter_IsRefused(string query, string code)
    {
        using var client = await host.ClientAsync(Role.Operator);

        Assert.Equal(code, await ApiHost.CodeAsync(await client.PostAsync(Networks + query, ApiHost.Yaml(ApiHost.Specification("params"))), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Get_WithTheTagThatIsCurrent_IsNotModified()
    {
        using var client = await host.ClientAsync(Role.Operator);
        await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("tagged")));
        using var first = await client.GetAsync($"{Networks}/tagged");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Networks}/tagged");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await client.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Specification_AsYaml_CanBeSentBack()
    {
        using var client = await host.ClientAsync(Role.Operator);
        await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("written")));

        var yaml = await client.GetStringAsync($"{Networks}/written/specification?format=yaml");

        var plan = await ApiHost.ReadAsync(await client.PostAsync($"{Networks}?dryRun=true", ApiHost.Yaml(yaml)), HttpStatusCode.OK);
        Assert.True((bool?)plan["isEmpty"]);
    }

    [Fact]
    public async Task List_InPages_GivesEachNetworkOnce()
    {
        await host.Services.GetTenantAsync("paged");
        using var client = await host.ClientAsync(Role.Operator, "paged");
        foreach (var number in Enumerable.Range(1, 5))
        {
            await client.PostAsync("/api/v1/tenants/paged/networks", ApiHost.Yaml(ApiHost.Specification($"n{number}")));
        }

        List<string?> names = [];
        JsonNode? continuation = null;
        do
        {
            var next = continuation is null ? "" : $"&continuation={continuation}";
            var page = await ApiHost.ReadAsync(await client.GetAsync($"/api/v1/tenants/paged/networks?limit=2{next}"), HttpStatusCode.OK);
            names.AddRange(page["items"]!.AsArray().Select(item => (string?)item!["name"]));
            continuation = page["continuation"];
        }
        while (continuation is not null);

        Assert.Equal(["n1", "n2", "n3", "n4", "n5"], names);
        Assert.Equal("limit-invalid", await ApiHost.CodeAsync(await client.GetAsync("/api/v1/tenants/paged/networks?limit=0"), HttpStatusCode.BadRequest));
        Assert.Equal("continuation-invalid", await ApiHost.CodeAsync(await client.GetAsync("/api/v1/tenants/paged/networks?continuation=***"), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Delete_WithAnOldTag_IsRefused()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var created = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("matched"))), HttpStatusCode.Accepted);
        await host.Services.EndAsync((string)created["id"]!, "matched");
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Networks}/matched");
        request.Headers.Add("If-Match", "\"older\"");

        Assert.Equal("precondition-failed", await ApiHost.CodeAsync(await client.SendAsync(request), HttpStatusCode.PreconditionFailed));
        Assert.Equal(HttpStatusCode.Accepted, (await client.DeleteAsync($"{Networks}/matched")).StatusCode);
    }

    [Fact]
    public async Task Delete_LostClusterAnswers_IsRefused()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var created = await ApiHost.ReadAsync(await client.PostAsync(Networks, ApiHost.Yaml(ApiHost.Specification("reached"))), HttpStatusCode.Accepted);
        await host.Services.EndAsync((string)created["id"]!, "reached");

        Assert.Equal("cluster-answers", await ApiHost.CodeAsync(await client.DeleteAsync($"{Networks}/reached?lostCluster=default"), HttpStatusCode.Conflict));
        Assert.Equal("cluster-unknown", await ApiHost.CodeAsync(await client.DeleteAsync($"{Networks}/reached?lostCluster=other&lostCluster=default"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("network-not-found", await ApiHost.CodeAsync(await client.DeleteAsync($"{Networks}/none?lostCluster=default"), HttpStatusCode.NotFound));
    }
}
