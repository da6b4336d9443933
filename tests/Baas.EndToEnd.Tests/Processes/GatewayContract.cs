using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Gateway.Events;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Baas.Core.Operations.Transactions;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Storage;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Baas.Sandbox;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>What the gateways of emulated peers and of Fabric's own do alike, seen through the client, the API and the verification of a chaincode.</summary>
internal sealed class GatewayContract : IAsyncDisposable
{
    private const string Name = "gateway";

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(4));
    private readonly SandboxHost _host;
    private readonly ServiceRun _service;

    private GatewayContract(SandboxHost host, ServiceRun service) => (_host, _service) = (host, service);

    private static NetworkReference Network { get; } = new(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(Name));

    private CancellationToken Soon => _stop.Token;

    /// <summary>Makes a network on nodes of one kind and uses it.</summary>
    public static async Task HoldsAsync(Func<SandboxOptions, SandboxOptions> nodes, string version = RealNetwork.Version, Func<string, string>? edit = null)
    {
        var host = await SandboxHost.StartAsync(nodes);
        await using var contract = new GatewayContract(host, await host.StartServiceAsync("service"));
        await contract.ProvesTheChaincodeAsync(version, edit);
        var (client, signer) = await contract._service.Get<NetworkGateways>().OpenAsync(
            Network, OrganizationName.Parse("org1"), new GatewayDeadlines { CommitStatus = TimeSpan.FromSeconds(20) }, contract.Soon);
        using (client)
        using (signer)
        {
            var channel = client.Channel("main");
            await contract.SubmitsAndTellsEventsAsync(channel);
            await contract.RefusesAsync(channel);
            await contract.ConflictsAsync(channel);
            await contract.CountsATransactionOnceAsync(client, channel);
            await contract.TellsHistoryAsync(channel);
            await contract.SeesPhantomsAsync(channel);
        }

        await contract.ServesTheApiAsync();
        await contract.OrdersOnceByKeyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _host.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ProvesTheChaincodeAsync(string version, Func<string, string>? edit)
    {
        var verify = """

                verify:
                  function: Create
                  args: [proof, baas, "1"]
                  query: { function: Read, args: [proof] }
            """;
        var specification = SmallNetwork.Specification(Name).Replace(RealNetwork.Version, version, StringComparison.Ordinal) + verify;
        var made = await _service.Api.CreateToEndAsync(Name, edit is null ? specification : edit(specification));
        Assert.True($"{made.State}".Equals("succeeded", StringComparison.OrdinalIgnoreCase), $"{made}");
        var read = Assert.Single(Flat(made.Steps), step => step.Name == nameof(ReadProof));
        Assert.Matches("^transaction [0-9a-f]{64} of asset in block [0-9]+$", read.Subject);

        // However often it runs, there is one transaction.
        var spec = (await _service.Get<Core.Operations.NetworkOperations>().GetAsync(Network, Soon)).Record.Spec.Chaincodes[0];
        var peers = (await _service.Get<ArtifactStore>().ListEndpointsAsync(Network, Soon)).Where(endpoint => endpoint.Role == NodeRole.Peer).ToList();
        var again = await new SubmitProof(_service.Get<Core.Steps.FabricAccess>(), _service.Get<ArtifactStore>(), TimeProvider.System).ApplyAsync(new SubmitProof.Input(Network, spec, peers), Soon);
        Assert.Contains(again.TransactionId!, read.Subject, StringComparison.Ordinal); // it holds
    }

    private async Task SubmitsAndTellsEventsAsync(GatewayChannel channel)
    {
        var asset = channel.Chaincode("asset");
        var first = await asset.SubmitAsync("Create", ["a1", "ann", "1"], Soon);
        var second = await asset.SubmitAsync(ChaincodeRequest.Of("Create", "a2", "bob", "2") with { EndorsingOrganizations = ["Org1MSP"], Transient = new Dictionary<string, ReadOnlyMemory<byte>> { ["hint"] = "x"u8.ToArray() } }, Soon);

        Assert.Equal("""{"id":"a1","owner":"ann","value":1}""", Text(first.Result));
        Assert.Equal("""[{"id":"a1","owner":"ann","value":1},{"id":"a2","owner":"bob","value":2}]""", Text(await asset.EvaluateAsync("List", ["a", "b"], Soon)));
        var events = await asset.EventsAsync(new EventStart(first.BlockNumber, first.TransactionId), Soon).Take(1).ToListAsync(Soon);
        Assert.Equal((second.BlockNumber, second.TransactionId, "AssetCreated"), (events[0].BlockNumber, events[0].TransactionId, events[0].Name));
        Assert.Equal("""{"id":"a2","owner":"bob","value":2}""", Text(events[0].Payload));
        var filtered = await channel.FilteredBlocksAsync(new EventStart(second.BlockNumber), Soon).FirstAsync(Soon);
        Assert.Contains(filtered.FilteredTransactions, transaction => transaction.Txid == second.TransactionId && transaction.TxValidationCode == TxValidationCode.Valid);
        Assert.Equal(0UL, (await channel.BlocksAsync(EventStart.Beginning, Soon).FirstAsync(Soon)).Header.Number);
    }

    private async Task RefusesAsync(GatewayChannel channel)
    {
        var asset = channel.Chaincode("asset");
        var read = await Assert.ThrowsAsync<EvaluateException>(() => asset.EvaluateAsync("Read", ["nothing"], Soon));
        Assert.Equal(("chaincode-refused", new ChaincodeRefusal(500, "asset \"nothing\" does not exist")), (read.Code, read.Refusal));
        Assert.Equal("Org1MSP", Assert.Single(read.Details).MspId);

        var update = await Assert.ThrowsAsync<EndorseException>(() => asset.SubmitAsync("Update", ["nothing", "1"], Soon));
        Assert.Equal(("chaincode-refused", new ChaincodeRefusal(500, "asset \"nothing\" does not exist")), (update.Code, update.Refusal));

        var foreign = await Assert.ThrowsAsync<EndorseException>(() => asset.SubmitAsync(ChaincodeRequest.Of("Create", "x", "y", "1") with { EndorsingOrganizations = ["Org9MSP"] }, Soon));
        Assert.Equal(EndorseException.Unsatisfied, foreign.Code);
    }

    private async Task ConflictsAsync(GatewayChannel channel)
    {
        var asset = channel.Chaincode("asset");
        var one = await asset.Propose(ChaincodeRequest.Of("Update", "a1", "10")).EndorseAsync(Soon);
        var other = await asset.Propose(ChaincodeRequest.Of("Update", "a1", "20")).EndorseAsync(Soon);
        (await (await one.SubmitAsync(Soon)).StatusAsync(Soon)).ThrowIfInvalid();

        var outcome = await (await other.SubmitAsync(Soon)).StatusAsync(Soon);

        var failure = Assert.Throws<CommitException>(outcome.ThrowIfInvalid);
        Assert.Equal(("transaction-conflict", "MVCC_READ_CONFLICT"), (failure.Code, outcome.CodeName));
        Assert.Contains("\"value\":10", Text(await asset.EvaluateAsync("Read", ["a1"], Soon)), StringComparison.Ordinal);
    }

    private async Task TellsHistoryAsync(GatewayChannel channel)
    {
        var asset = channel.Chaincode("asset");
        var made = await asset.SubmitAsync("Create", ["h1", "ann", "1"], Soon);
        var moved = await asset.SubmitAsync("Transfer", ["h1", "bob"], Soon);
        var gone = await asset.SubmitAsync("Delete", ["h1"], Soon);

        var changes = JsonNode.Parse(Text(await asset.EvaluateAsync("History", ["h1"], Soon)))!.AsArray(); // a list
        Assert.True(gone.Result.IsEmpty);
        Assert.Equal([gone.TransactionId, moved.TransactionId, made.TransactionId], changes.Select(change => (string?)change!["transaction"]));
        Assert.Equal([null, """{"id":"h1","owner":"bob","value":1}""", """{"id":"h1","owner":"ann","value":1}"""], changes.Select(change => change!["asset"]?.ToJsonString()));
        Assert.All(changes, change => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string?)change!["time"]));
        Assert.Equal("[]", Text(await asset.EvaluateAsync("History", ["never"], Soon)));
    }

    private async Task SeesPhantomsAsync(GatewayChannel channel)
    {
        var asset = channel.Chaincode("asset");
        await asset.SubmitAsync("Create", ["p1", "ann", "1"], Soon);
        var list = await asset.Propose(ChaincodeRequest.Of("List", "p", "q")).EndorseAsync(Soon);
        var calm = await asset.Propose(ChaincodeRequest.Of("List", "p", "q")).EndorseAsync(Soon);
        Assert.True((await (await calm.SubmitAsync(Soon)).StatusAsync(Soon)).IsValid);
        await asset.SubmitAsync("Create", ["p2", "ann", "1"], Soon);

        var failure = await Assert.ThrowsAsync<CommitException>(() => list.SubmitToEndAsync(Soon));

        Assert.Equal(("transaction-conflict", TxValidationCode.PhantomReadConflict), (failure.Code, failure.Outcome.Code));
    }

    private async Task CountsATransactionOnceAsync(GatewayClient client, GatewayChannel channel)
    {
        var transaction = await channel.Chaincode("asset").Propose(ChaincodeRequest.Of("Create", "once", "ann", "1")).EndorseAsync(Soon);
        var first = await (await transaction.SubmitAsync(Soon)).StatusAsync(Soon);

        var second = await (await client.Transaction(transaction.ToBytes()).SubmitAsync(Soon)).StatusAsync(Soon);

        Assert.True(first.IsValid);
        Assert.Equal(first, second);

        // Once it is in the ledger, nobody endorses it again.
        var proposal = channel.Chaincode("asset").Propose(ChaincodeRequest.Of("Create", "twice", "ann", "1"));
        await (await proposal.EndorseAsync(Soon)).SubmitToEndAsync(Soon);
        var again = await Assert.ThrowsAsync<EndorseException>(() => proposal.EndorseAsync(Soon));
        Assert.Equal("endorse-failed", again.Code);
        Assert.Contains($"duplicate transaction found [{proposal.TransactionId}]", again.Message, StringComparison.Ordinal);
    }

    private async Task ServesTheApiAsync()
    {
        var channel = $"networks/{Name}/channels/main";
        var made = await PostAsync($"{channel}/chaincodes/asset/submit", """{"function":"Create","args":["api","ann","3"]}""", HttpStatusCode.OK);
        Assert.Equal(("VALID", """{"id":"api","owner":"ann","value":3}"""), ((string?)made["status"], (string?)made["result"]));
        var read = await PostAsync($"{channel}/chaincodes/asset/evaluate", """{"function":"Read","args":["api"],"organization":"org1"}""", HttpStatusCode.OK);
        Assert.Equal("""{"id":"api","owner":"ann","value":3}""", (string?)read["result"]);
        Assert.Equal(
            ("chaincode-refused", "cannot evaluate the call: asset \"no\" does not exist"),
            await ProblemAsync($"{channel}/chaincodes/asset/evaluate", """{"function":"Read","args":["no"]}""", HttpStatusCode.UnprocessableEntity));
        Assert.Equal("chaincode-not-found", (await ProblemAsync($"{channel}/chaincodes/other/evaluate", """{"function":"Read"}""", HttpStatusCode.NotFound)).Code);
        Assert.Equal("organization-not-found", (await ProblemAsync($"{channel}/chaincodes/asset/submit", """{"function":"Read","organization":"org7"}""", HttpStatusCode.NotFound)).Code);
        Assert.Equal("channel-not-found", (await ProblemAsync($"networks/{Name}/channels/other/chaincodes/asset/submit", """{"function":"Read"}""", HttpStatusCode.NotFound)).Code);

        var state = await _service.Http.GetFromJsonAsync<JsonObject>($"{channel}/transactions/{made["transactionId"]}", Soon);
        Assert.Equal(("VALID", (ulong)made["blockNumber"]!), ((string?)state!["status"], (ulong)state["blockNumber"]!)); // both are there
        var unknown = await _service.Http.GetFromJsonAsync<JsonObject>($"{channel}/transactions/{new string('0', 64)}", Soon);
        Assert.Equal("UNKNOWN", (string?)unknown!["status"]); // an answer has one
    }

    private async Task OrdersOnceByKeyAsync()
    {
        const string Update = """{"function":"Update","args":["api","4"]}""";
        var path = $"networks/{Name}/channels/main/chaincodes/asset";

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync($"{path}/submit", Update, HttpStatusCode.OK, "update")));
        var later = await PostAsync($"{path}/submit", Update, HttpStatusCode.OK, "update");

        Assert.Single(answers.Append(later).Select(answer => $"{answer}").Distinct());
        var history = await PostAsync($"{path}/evaluate", """{"function":"History","args":["api"]}""", HttpStatusCode.OK);
        Assert.Equal(2, JsonNode.Parse((string)history["result"]!)!.AsArray().Count); // made, updated
        var other = await PostAsync($"{path}/submit", """{"function":"Update","args":["api","5"]}""", HttpStatusCode.UnprocessableEntity, "update");
        Assert.Equal("idempotency-key-reused", (string?)other["code"]);
    }

    private async Task<(string? Code, string? Detail)> ProblemAsync(string path, string body, HttpStatusCode status)
    {
        var problem = await PostAsync(path, body, status);
        return ((string?)problem["code"], (string?)problem["detail"]);
    }

    private async Task<JsonObject> PostAsync(string path, string body, HttpStatusCode status, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _service.Http.SendAsync(request, Soon);
        var text = await response.Content.ReadAsStringAsync(Soon);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject(); // every answer is an object
    }

    private static IEnumerable<StepResource> Flat(IReadOnlyList<StepResource>? steps) => (steps ?? []).SelectMany(step => Flat(step.Steps).Prepend(step));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
