using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Steps;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Cluster;
using Baas.Core.Storage;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Testing.Time;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>A network with a quorum of orderers and two organizations, whose assets are written and read like an application does.</summary>
internal sealed class DrillNetwork(ServiceRun service, string name)
{
    private static readonly ChannelName Channel = ChannelName.Parse("main");

    private readonly ConcurrentDictionary<string, string> _written = new(StringComparer.Ordinal);

    public NetworkReference Reference { get; } = new(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(name));

    /// <summary>What was written and acknowledged.</summary>
    public IReadOnlyDictionary<string, string> Written => _written;

    /// <summary>The longest time without a commit while it was written until told to stop.</summary>
    public TimeSpan LongestPause { get; private set; }

    public static string Specification(string name, string database = "leveldb", string version = "3.1.5") => $"""
        name: {name}
        fabricVersion: {version}
        ordering:
          nodes: 3
          batch:
            timeout: 50ms
        organizations:
          - name: org1
            peers: 2
            stateDatabase: {database}
          - name: org2
            peers: 1
        channels:
          - name: main
        chaincodes:
          - name: asset
            channel: main
            image: baas.example/asset-chaincode:1.0
        """;

    /// <summary>Writes assets, one transaction each; an asset counts once it is committed.</summary>
    public async Task WriteAsync(string prefix, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await WriteAsync($"{prefix}{number}");
        }
    }

    /// <summary>Writes assets until it is told to stop; what a node that is stopped refuses is tried again under another name.</summary>
    public async Task<int> WriteUntilAsync(string prefix, CancellationToken stop)
    {
        var (number, since) = (0, Stopwatch.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WriteAsync($"{prefix}{number}");
                var pause = Stopwatch.GetElapsedTime(since);
                (LongestPause, since) = (pause > LongestPause ? pause : LongestPause, Stopwatch.GetTimestamp());
            }
            catch (Core.BaasException)
            {
                // Neither committed nor wrong: the node was away.
            }

            number++;
        }

        return number;
    }

    /// <summary>Lets each ledger grow by blocks of about a MiB, which do not compress: one asset gets ever new owners with very long names.</summary>
    public async Task FillAsync(int blocks)
    {
        if (_written.TryAdd("large", "1"))
        {
            await SubmitAsync("Create", "large", "nobody", "1");
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        for (var number = 0; number < blocks;)
        {
            try
            {
                await SubmitAsync("Transfer", "large", Convert.ToBase64String(RandomNumberGenerator.GetBytes(192 * 1024)));
                number++;
            }
            catch (EndorsementsDifferException) when (!deadline.IsCancellationRequested)
            {
                // One of the peers does not have the block before yet.
            }
        }
    }

    /// <summary>Every asset that was written is there with its value, on each peer, or comes there soon: a peer may be a block behind the one that a write was committed on.</summary>
    public async Task AssertAssetsAsync(IEnumerable<KeyValuePair<string, string>> assets)
    {
        var peers = (await NodesAsync()).Where(node => node.Role == NodeRole.Peer).ToList();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        foreach (var peer in peers)
        {
            using var admin = await Access.AdministratorOfAsync(Reference, peer.Node.Organization, CancellationToken.None);
            var endorser = new Endorser(await Access.ConnectAsync(Reference, peer, CancellationToken.None), admin, TimeProvider.System);
            foreach (var (id, value) in assets)
            {
                string? seen = null;
                await Until.TrueAsync(async () => (seen = await ValueAsync(endorser, id)) == value, () => $"{id} is {seen ?? "nothing"} on {peer.Node}, not {value}", deadline.Token);
            }
        }
    }

    private static async Task<string?> ValueAsync(Endorser endorser, string id)
    {
        try
        {
            var answer = await endorser.RunAsync(ChaincodeCall.Of("main", "asset", "Read", id), "read", CancellationToken.None);
            return $"{JsonNode.Parse(answer.ToStringUtf8())?["value"]}";
        }
        catch (PeerRejectedException)
        {
            return null; // not there, or not yet
        }
    }

    /// <summary>How far each node is, with the hash of its newest block.</summary>
    public async Task<IReadOnlyDictionary<string, LedgerHeight>> HeightsAsync()
    {
        var ledgers = service.Get<NodeLedgers>();
        var heights = new SortedDictionary<string, LedgerHeight>(StringComparer.Ordinal);
        foreach (var node in await NodesAsync())
        {
            var height = await ledgers.FindHeightAsync(Reference, node, Channel, CancellationToken.None) ?? 0;
            heights[node.Node.ToString()] = new LedgerHeight(Channel, height, await ledgers.ReadHashAsync(Reference, node, Channel, height - 1, CancellationToken.None));
        }

        return heights;
    }

    /// <summary>Takes a node's objects and volume out of the cluster, as a lost disk does.</summary>
    /// <param name="lost">Such as <c>peer-1.org1</c>.</param>
    public async Task LoseAsync(string lost)
    {
        var node = (await NodesAsync()).Single(node => node.Node.ToString() == lost);
        var api = service.Get<KubernetesClusters>().Get(null).Api;
        var placed = new PlacedNode(Reference, node.Node, node.Role);
        await NodeObjects.RemoveAsync(api, placed, CancellationToken.None);
        await NodeObjects.RemoveAsync(api, placed.Database, CancellationToken.None);
    }

    /// <summary>Each node has at least the blocks that it had, and they are the same.</summary>
    public async Task AssertAgreeAsync(IReadOnlyDictionary<string, LedgerHeight> before)
    {
        var look = new LedgersReach(service.Get<NodeLedgers>());
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        foreach (var node in await NodesAsync())
        {
            while (await look.ApplyAsync(new LedgersReach.Input(Reference, node, [before[node.Node.ToString()]]), deadline.Token) is { Holds: false })
            {
                deadline.Token.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The capability levels of a channel, as each node has them in its newest configuration.</summary>
    public async Task<IReadOnlyList<ChannelCapabilities>> CapabilitiesAsync(string channel)
    {
        List<ChannelCapabilities> found = [];
        foreach (var node in await NodesAsync())
        {
            var root = (await ConfigAsync(node, ChannelName.Parse(channel))).ChannelGroup;
            found.Add(new(LevelOf(root), LevelOf(root.Groups["Orderer"]), LevelOf(root.Groups["Application"])));
        }

        return found;
    }

    /// <summary>Every peer has the definition of the chaincode that the specification asks for.</summary>
    public async Task AssertDefinitionAsync()
    {
        var spec = (await service.Get<NetworkOperations>().GetAsync(Reference, CancellationToken.None)).Record.Spec;
        foreach (var peer in (await NodesAsync()).Where(node => node.Role == NodeRole.Peer))
        {
            var seen = await new ChaincodeCommitted(Access, TimeProvider.System).ApplyAsync(new ChaincodeCommitted.Input(Reference, Assert.Single(spec.Chaincodes), peer), CancellationToken.None);
            Assert.True(seen.Holds, seen.Detail);
        }
    }

    /// <summary>Waits until each node has what the one that is furthest has, the same blocks.</summary>
    public async Task AgreeAsync()
    {
        var heights = await HeightsAsync();
        var highest = heights.Values.MaxBy(height => height.Height)!; // a network has nodes
        await AssertAgreeAsync(heights.Keys.ToDictionary(node => node, _ => highest));
    }

    /// <summary>The orderers and peers.</summary>
    public async Task<IReadOnlyList<NodeEndpoint>> NodesAsync() =>
        [.. (await service.Get<ArtifactStore>().ListEndpointsAsync(Reference, CancellationToken.None)).Where(node => node.Role is NodeRole.Orderer or NodeRole.Peer)];

    /// <summary>The newest configuration block of a channel, as a peer has it.</summary>
    public async Task<Block> ConfigBlockAsync(NodeEndpoint node, ChannelName channel)
    {
        using var admin = await Access.AdministratorOfAsync(Reference, node.Node.Organization, CancellationToken.None);
        var peer = new PeerAdmin(new Endorser(await Access.ConnectAsync(Reference, node, CancellationToken.None), admin, TimeProvider.System));
        var newest = (await peer.ReadLedgerAsync(channel, CancellationToken.None)).Height - 1;
        return await peer.ReadBlockAsync(channel, BlockMetadataReader.LastConfigOf(await peer.ReadBlockAsync(channel, newest, CancellationToken.None)), CancellationToken.None);
    }

    private async Task<Config> ConfigAsync(NodeEndpoint node, ChannelName channel)
    {
        if (node.Role == NodeRole.Peer)
        {
            return ConfigBlock.Read(await ConfigBlockAsync(node, channel)).Config;
        }

        var connection = await Access.ConnectAsync(Reference, node, CancellationToken.None);
        using var admin = await Access.AdministratorOfAsync(Reference, node.Node.Organization, CancellationToken.None);
        return (await new BlockDelivery(connection, admin, TimeProvider.System).ReadConfigAsync(channel, CancellationToken.None)).Config;
    }

    private static string LevelOf(ConfigGroup group) => Capabilities.Parser.ParseFrom(group.Values["Capabilities"].Value).Capabilities_.Keys.Single();

    private FabricAccess Access => service.Get<FabricAccess>();

    private async Task WriteAsync(string id)
    {
        var value = $"{Math.Abs(id.GetHashCode(StringComparison.Ordinal) % 1000)}";
        await SubmitAsync("Create", id, "drill", value);
        _written[id] = value;
    }

    private async Task SubmitAsync(params string[] arguments)
    {
        var nodes = await NodesAsync();
        var peers = nodes.Where(node => node.Role == NodeRole.Peer).DistinctBy(node => node.Node.Organization);
        using var admin = await Access.AdministratorOfAsync(Reference, OrganizationName.Parse("org1"), CancellationToken.None);
        var endorsers = await Access.ConnectAsync(Reference, peers, CancellationToken.None);
        var orderers = await Access.ConnectAsync(Reference, nodes.Where(node => node.Role == NodeRole.Orderer), CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await new TransactionSubmitter(endorsers, orderers, admin, TimeProvider.System).SubmitAsync(ChaincodeCall.Of("main", "asset", arguments[0], arguments[1..]), "write", deadline.Token);
    }
}
