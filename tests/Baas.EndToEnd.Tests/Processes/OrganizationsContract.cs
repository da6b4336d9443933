using System.Collections.Concurrent;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Fabric.Gateway.Events;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Operations.Transactions;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Sandbox;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>What gateways do alike between organizations, on emulated nodes and on Fabric's own: who endorses, who is missed, and events while peers come and go.</summary>
internal sealed class OrganizationsContract : IAsyncDisposable
{
    private const string Name = "orgs";
    private const int Peers = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(5));
    private readonly TestFolder _folder = new();
    private readonly SandboxHost _host;
    private readonly ServiceRun _service;
    private readonly GatewayClient _client;
    private readonly ISigner _signer;

    private OrganizationsContract(SandboxHost host, ServiceRun service, (GatewayClient Client, ISigner Signer) gateway) =>
        (_host, _service, _client, _signer) = (host, service, gateway.Client, gateway.Signer);

    private GatewayChannel Channel => _client.Channel("main");

    private GatewayChaincode Asset => Channel.Chaincode("asset");

    private CancellationToken Soon => _stop.Token;

    /// <summary>Makes a network on nodes of one kind and one version, and uses it as its first organization.</summary>
    public static async Task HoldsAsync(Func<SandboxOptions, SandboxOptions> nodes, string version = RealNetwork.Version)
    {
        var host = await SandboxHost.StartAsync(nodes);
        var service = await host.StartServiceAsync("service", services => services.AddSingleton(new HealthOptions { Enabled = false })); // it would bring back what is taken away
        var made = await service.Api.CreateToEndAsync(Name, Specification.Replace(RealNetwork.Version, version, StringComparison.Ordinal));
        Assert.True($"{made.State}".Equals("succeeded", StringComparison.OrdinalIgnoreCase), $"{made}");
        var gateway = await service.Get<NetworkGateways>().OpenAsync(
            new NetworkReference(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(Name)), OrganizationName.Parse("org1"), new GatewayDeadlines(), CancellationToken.None);
        await using var contract = new OrganizationsContract(host, service, gateway);
        await contract.FindsEndorsersOfBothAsync();
        await contract.FollowsWhilePeersComeAndGoAsync();
        await contract.MissesAnOrganizationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _signer.Dispose();
        await _service.DisposeAsync();
        await _host.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    private async Task FindsEndorsersOfBothAsync()
    {
        var found = await UntilEndorsedAsync("found");
        Assert.Equal(["Org1MSP", "Org2MSP"], await EndorsersAsync(found));

        var named = await Asset.SubmitAsync(ChaincodeRequest.Of("Create", "named", "ann", "1") with { EndorsingOrganizations = ["Org2MSP", "Org1MSP"] }, Soon);
        Assert.Equal(["Org1MSP", "Org2MSP"], await EndorsersAsync(named));

        // Who names too few is believed by the gateway, and judged by every peer.
        var few = await Assert.ThrowsAsync<CommitException>(() => Asset.SubmitAsync(ChaincodeRequest.Of("Create", "few", "ann", "1") with { EndorsingOrganizations = ["Org2MSP"] }, Soon));
        Assert.Equal(("transaction-invalid", TxValidationCode.EndorsementPolicyFailure), (few.Code, few.Outcome.Code));
    }

    private async Task FollowsWhilePeersComeAndGoAsync()
    {
        List<string> made = [];
        ConcurrentQueue<string> seen = [];
        var path = _folder.In("checkpoint.json");
        var begin = (await Asset.SubmitAsync("Create", ["e0", "ann", "1"], Soon)).BlockNumber + 1;

        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Soon))
        {
            var following = FollowAsync(path, begin, seen, stop.Token);
            for (var round = 0; round <= Peers; round++)
            {
                made.Add((await UntilEndorsedAsync($"e{round}-a")).TransactionId);
                await UntilAsync(() => seen.Count == made.Count, () => $"{seen.Count} of {made.Count} events");
                if (round < Peers)
                {
                    await ReplaceAsync("org1", $"peer-{round + 1}"); // one of them is the peer that events come from
                }
            }

            await stop.CancelAsync();
            await following;
        }

        // Nobody follows: the checkpoint knows where to go on.
        made.Add((await UntilEndorsedAsync("e8")).TransactionId);
        made.Add((await UntilEndorsedAsync("e9")).TransactionId);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Soon))
        {
            var following = FollowAsync(path, begin, seen, stop.Token);
            await UntilAsync(() => seen.Count >= made.Count, () => $"{seen.Count} of {made.Count} events");
            await stop.CancelAsync();
            await following;
        }

        Assert.Equal(made, seen);
    }

    private async Task MissesAnOrganizationAsync()
    {
        await UntilEndorsedAsync("before");
        Scale("org2", "peer-1", 0);
        await UntilAsync(() => Pod("org2", "peer-1") is null, () => "the pod is there");

        Assert.NotEmpty((await Asset.EvaluateAsync("Read", ["before"], Soon)).ToArray()); // needs the own organization alone
        var failure = await Assert.ThrowsAsync<EndorseException>(() => Asset.SubmitAsync("Create", ["missed", "ann", "1"], Soon));
        Assert.Equal(EndorseException.Unsatisfied, failure.Code);
        var (status, code) = await SubmitOverHttpAsync();
        Assert.Equal((409, EndorseException.Unsatisfied), (status, code));

        Scale("org2", "peer-1", 1);
        await UntilEndorsedAsync("after");
    }

    private async Task<(int Status, string? Code)> SubmitOverHttpAsync()
    {
        using var content = new StringContent("""{"function":"Create","args":["missed","ann","1"]}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await _service.Http.PostAsync(new Uri($"networks/{Name}/channels/main/chaincodes/asset/submit", UriKind.Relative), content, Soon);
        return ((int)answer.StatusCode, (string?)System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Soon))?["code"]);
    }

    private async Task FollowAsync(string path, ulong begin, ConcurrentQueue<string> seen, CancellationToken cancellationToken)
    {
        var checkpoint = await FileCheckpoint.OpenAsync(path, cancellationToken);
        try
        {
            await foreach (var item in Asset.EventsAsync(EventStart.After(checkpoint) ?? new EventStart(begin), cancellationToken))
            {
                await item.NoteAsync(checkpoint, CancellationToken.None);
                seen.Enqueue(item.TransactionId);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    // Peers hear of each other some seconds after they have started.
    private async Task<TransactionResult> UntilEndorsedAsync(string id)
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await Asset.SubmitAsync("Create", [id, "ann", "1"], Soon);
            }
            catch (EndorseException failure) when (failure.Refusal is null && begun.Elapsed < Limit)
            {
                using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
                await pace.WaitForNextTickAsync(Soon);
            }
        }
    }

    private async Task<IReadOnlyList<string>> EndorsersAsync(TransactionResult result)
    {
        var block = await Channel.BlocksAsync(new EventStart(result.BlockNumber), Soon).FirstAsync(Soon);
        var payload = block.Data.Data.Select(data => Payload.Parser.ParseFrom(Envelope.Parser.ParseFrom(data).Payload))
            .Single(payload => ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader).TxId == result.TransactionId);
        var action = ChaincodeActionPayload.Parser.ParseFrom(Transaction.Parser.ParseFrom(payload.Data).Actions[0].Payload).Action;
        return [.. action.Endorsements.Select(endorsement => SerializedIdentity.Parser.ParseFrom(endorsement.Endorser).Mspid).Order(StringComparer.Ordinal)];
    }

    private async Task ReplaceAsync(string organization, string node)
    {
        var former = Pod(organization, node)?.Uid;
        Assert.NotNull(former);
        Scale(organization, node, 0);
        await UntilAsync(() => Pod(organization, node) is null, () => "the pod is there");
        Scale(organization, node, 1);
        await UntilAsync(() => Pod(organization, node) is { } pod && pod.Uid != former && IsReady(pod), () => $"{Pod(organization, node)}");
    }

    private void Scale(string organization, string node, int replicas) =>
        Assert.NotNull(_host.Cluster.Store.Change(new ObjectKey(ClusterKinds.StatefulSets, $"acme-{Name}-{organization}", node), set =>
        {
            set["spec"]!["replicas"] = replicas; // it has one
            return set;
        }));

    private System.Text.Json.Nodes.JsonObject? Pod(string organization, string node) =>
        _host.Cluster.Store.Get(new ObjectKey(ClusterKinds.Pods, $"acme-{Name}-{organization}", $"{node}-0"));

    private static bool IsReady(System.Text.Json.Nodes.JsonObject pod) =>
        pod["status"]?["containerStatuses"]?[0]?["ready"]?.GetValue<bool>() == true;

    private static async Task UntilAsync(Func<bool> holds, Func<string> seen)
    {
        using var deadline = new CancellationTokenSource(Limit);
        await Until.TrueAsync(() => Task.FromResult(holds()), seen, deadline.Token);
    }

    private const string Specification = $$"""
        name: {{Name}}
        fabricVersion: {{RealNetwork.Version}}
        ordering:
          nodes: 1
          batch: { timeout: 50ms }
        organizations:
          - name: org1
            peers: 2
          - name: org2
            peers: 1
        channels:
          - name: main
        chaincodes:
          - name: asset
            channel: main
            image: baas.example/asset-chaincode:1.0
            endorsementPolicy: AND('Org1MSP.peer', 'Org2MSP.peer')
        """;
}
