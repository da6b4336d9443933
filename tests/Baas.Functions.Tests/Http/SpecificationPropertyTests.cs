using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Networks.Documents;
using Baas.Core.Records;
using Baas.Testing.Networks;
using FsCheck;
using FsCheck.Fluent;

namespace Baas.Functions.Tests.Http;

/// <summary>Whatever is sent as a specification is answered with a plan or with a problem, never with a fault.</summary>
public class SpecificationPropertyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int Batches = 100;
    private const int BatchSize = 100;

    [Fact]
    public async Task DryRun_AnyDocument_IsAPlanOrAProblem()
    {
        using var client = await host.ClientAsync(Role.Operator);
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var property = Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - BatchSize)), (int first) => CheckBatch(client, first, statuses));

        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Batches), property));

        Assert.Equal(Batches * BatchSize, statuses.Values.Sum());
        Assert.True(statuses[HttpStatusCode.OK] > 1000 && statuses[HttpStatusCode.BadRequest] > 1000, string.Join(", ", statuses));
        Assert.Empty(host.Workflows.Started);
    }

    // FsCheck waits for no tasks.
    private static void CheckBatch(HttpClient client, int first, ConcurrentDictionary<HttpStatusCode, int> statuses) =>
        Parallel.ForAsync(first, first + BatchSize, async (seed, _) =>
        {
            var document = RandomDocuments.Of(seed);
            var content = document.Format == SpecFormat.Json ? ApiHost.Json(document.Text) : ApiHost.Yaml(document.Text);
            using var answer = await client.PostAsync($"/api/v1/tenants/{ApiHost.Tenant}/networks?dryRun=true", content);
            await CheckAsync(document, answer);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
        }).GetAwaiter().GetResult();

    private static async Task CheckAsync(RandomDocument document, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            Assert.NotEmpty(JsonNode.Parse(text)!["phases"]!.AsArray());
            return;
        }

        Assert.True((int)answer.StatusCode is >= 400 and < 500 && !document.IsValid, $"{answer.StatusCode}: {text} for seed {document.Seed}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches("^[a-z]+(-[a-z]+)*$", (string?)JsonNode.Parse(text)!["code"]);
    }
}
