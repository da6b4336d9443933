using System.Text.Json;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Ledger.Kvrwset;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Chaincodes;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Peers;
using Google.Protobuf;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>Blocks that Fabric itself has made have to be valid here, and what is written here has to be what Fabric wrote.</summary>
public sealed class GoldenBlocksTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baas-golden-").FullName;
    private readonly List<PeerNode> _peers = [];

    [Fact]
    public async Task Commit_BlocksOfFabric_AreAllValid()
    {
        await using var channel = Join("Org1MSP");
        for (var number = 1; number <= 6; number++)
        {
            channel.Value.Commit(Read(number));
        }

        using var info = JsonDocument.Parse(await File.ReadAllBytesAsync(PathOf("info.json")));
        Assert.Equal(info.RootElement.GetProperty("height").GetUInt64(), channel.Value.Store.Height);
        Assert.Equal(info.RootElement.GetProperty("currentBlockHash").GetString(), Blocks.Hash(channel.Value.Store.Last!.Header).ToBase64());
        Assert.All(channel.Value.Transactions.Values, transaction => Assert.Equal(TxValidationCode.Valid, transaction.Code));
        Assert.Equal("1.0", channel.Value.DefinitionOf("basic")!.Endorsement.Version);
    }

    [Fact]
    public async Task Commit_ForgedBlock_IsRefused()
    {
        await using var channel = Join("Org1MSP");
        var unsigned = Read(1);
        unsigned.Metadata.Metadata[0] = ByteString.Empty;
        var changed = Read(1);
        changed.Data.Data[0] = Read(2).Data.Data[0];

        Assert.Throws<Baas.Sandbox.Emulation.EmulationException>(() => channel.Value.Commit(unsigned));
        Assert.Throws<Baas.Sandbox.Emulation.EmulationException>(() => channel.Value.Commit(changed));
        Assert.Throws<Baas.Sandbox.Emulation.EmulationException>(() => channel.Value.Commit(Read(2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Approve_WritesWhatFabricWrote(int number)
    {
        var expected = ReadWriteSet.Parse(Transaction(number, out var args).Action.Results).Namespaces.Single(space => space.Name == "_lifecycle");
        var organization = expected.Collections.Keys.Single()["_implicit_org_".Length..];
        await using var channel = Join(organization);
        var simulator = new Simulator(channel.Value.State, channel.Value.History, "_lifecycle");

        new ChaincodeApprovals(_peers[0], channel.Value, simulator).Approve(ApproveChaincodeDefinitionForMyOrgArgs.Parser.ParseFrom(args));

        var written = ReadWriteSet.Parse(simulator.Results().Public).Namespaces.Single();
        Assert.Equal(Writes(expected), Writes(written));
    }

    [Fact]
    public async Task Commit_ReadsAndWritesWhatFabricDid()
    {
        var expected = ReadWriteSet.Parse(Transaction(3, out var args).Action.Results).Namespaces.Single(space => space.Name == "_lifecycle");
        await using var channel = Join("Org1MSP");
        channel.Value.Commit(Read(1));
        channel.Value.Commit(Read(2));
        var simulator = new Simulator(channel.Value.State, channel.Value.History, "_lifecycle");

        new ChaincodeCommits(_peers[0], channel.Value, simulator).Commit(CommitChaincodeDefinitionArgs.Parser.ParseFrom(args));

        var written = ReadWriteSet.Parse(simulator.Results().Public).Namespaces.Single();
        Assert.Equal(expected.Public, written.Public);
        Assert.Equal(expected.Collections.Keys, written.Collections.Keys);
        Assert.All(expected.Collections, collection => Assert.Equal(collection.Value.Set, written.Collections[collection.Key].Set));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<KVWriteHash> Writes(ReadWriteSet.Space space) =>
        space.Collections.Values.SelectMany(collection => collection.Set.HashedWrites).OrderBy(write => write.KeyHash.ToBase64(), StringComparer.Ordinal);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Golden", "blocks", file);

    private static Block Read(int number) => Block.Parser.ParseFrom(File.ReadAllBytes(PathOf($"{number}.block")));

    private static TransactionReader Transaction(int number, out ByteString argument)
    {
        var envelope = Envelope.Parser.ParseFrom(Read(number).Data.Data[0]);
        var transaction = Baas.Core.Fabric.Protos.Peer.Transaction.Parser.ParseFrom(Payload.Parser.ParseFrom(envelope.Payload).Data);
        var proposal = ChaincodeProposalPayload.Parser.ParseFrom(ChaincodeActionPayload.Parser.ParseFrom(transaction.Actions[0].Payload).ChaincodeProposalPayload);
        argument = ChaincodeInvocationSpec.Parser.ParseFrom(proposal.Input).ChaincodeSpec.Input.Args[1];
        return TransactionReader.Read(envelope)!;
    }

    /// <summary>A peer of the organization's name, which has the channel's first block and no way to its orderers.</summary>
    private Joined Join(string mspId)
    {
        var node = new TestNode(new TestOrganization(mspId), "peer", false, _folder);
        var peer = new PeerNode(node.Launch, new NodeSettings(node.Launch, _folder), new PeerCluster(), new ChaincodeCluster(), TimeProvider.System);
        _peers.Add(peer);
        return new Joined(new PeerChannel(peer, "mychannel", Path.Combine(_folder, "ledger"), Read(0)));
    }

    private sealed record Joined(PeerChannel Value) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Value.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
