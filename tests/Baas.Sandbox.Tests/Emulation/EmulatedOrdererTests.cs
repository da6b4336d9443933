using System.Net;
using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baas.Sandbox.Tests.Emulation;

public sealed class EmulatedOrdererTests
{
    private static readonly StringValue Anything = new() { Value = "anything" };

    [Fact]
    public async Task Start_FirstLine_SaysWhatItIs()
    {
        await using var network = await new TestNetwork().StartOrderersAsync();

        Assert.Contains("emulated orderer", network.Orderers[0].Log[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyOfSomebodyElse_Exits()
    {
        await using var network = new TestNetwork();
        var node = network.Orderers[0];
        TestOrganization.Write(Path.Combine(node.MspFolder, "keystore", "key.pem"), network.Two.Admin.Key.ExportPkcs8PrivateKeyPem());

        var container = await node.StartAsync(network.Runtime);

        Assert.Equal(1, await container.Exited);
    }

    [Fact]
    public async Task Start_ExpiredIdentity_Exits()
    {
        await using var network = new TestNetwork();
        network.Ordering.WriteMsp(network.Orderers[0].MspFolder, network.Ordering.Issue("late", "orderer", DateTimeOffset.UtcNow.AddMinutes(-1)));

        var container = await network.Orderers[0].StartAsync(network.Runtime);

        Assert.Equal(1, await container.Exited);
    }

    [Fact]
    public async Task Admin_WithoutOrWithForeignCertificate_FailsInTheHandshake()
    {
        await using var network = await new TestNetwork().StartOrderersAsync();
        using var without = network.Orderers[0].Http(9443, null);
        using var foreign = network.Orderers[0].Http(9443, network.Two.IssueTls("intruder", IPAddress.Loopback));

        await Assert.ThrowsAsync<HttpRequestException>(() => without.GetAsync(new Uri("/participation/v1/channels", UriKind.Relative)));
        await Assert.ThrowsAsync<HttpRequestException>(() => foreign.GetAsync(new Uri("/participation/v1/channels", UriKind.Relative)));
    }

    [Fact]
    public async Task Participation_Life_AnswersLikeFabric()
    {
        await using var network = await new TestNetwork().StartOrderersAsync();
        var orderer = network.Orderers[0];

        Assert.Equal("""{"systemChannel":null,"channels":null}""", (await network.AdminAsync(orderer, HttpMethod.Get, string.Empty)).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await network.AdminAsync(orderer, HttpMethod.Get, "/trade")).Status);
        var (status, body, _) = await network.JoinAsync(orderer, network.Genesis);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("""{"name":"trade","url":"/participation/v1/channels/trade","consensusRelation":"consenter","status":"active","height":1}""", body);
        var again = await network.JoinAsync(orderer, network.Genesis);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, DELETE"), (again.Status, again.Allow));
        Assert.Equal(HttpStatusCode.BadRequest, (await network.AdminAsync(orderer, HttpMethod.Get, "/No-Channel")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await network.AdminAsync(orderer, HttpMethod.Delete, "/trade")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await network.AdminAsync(orderer, HttpMethod.Delete, "/trade")).Status);
        Assert.Equal(HttpStatusCode.Created, (await network.JoinAsync(orderer, network.Genesis)).Status);
    }

    [Fact]
    public async Task Join_WrongBlocks_AreRefused()
    {
        await using var network = await new TestNetwork().StartOrderersAsync();
        var orderer = network.Orderers[0];
        var forged = network.Genesis.Clone();
        forged.Header.DataHash = ByteString.CopyFromUtf8("no hash");
        var foreignConsenter = TestChannel.Genesis("other", TestChannel.Config(network.One, [network.Two], network.Orderers));

        Assert.Equal(HttpStatusCode.BadRequest, (await network.JoinAsync(orderer, forged)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await network.JoinAsync(orderer, Anything)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await network.JoinAsync(orderer, network.Genesis, "wrong-key")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await network.JoinAsync(orderer, foreignConsenter)).Status);
    }

    [Fact]
    public async Task Broadcast_Client_IsOrderedByAllConsenters()
    {
        await using var network = await new TestNetwork(3).StartChannelAsync();

        var answer = await network.BroadcastAsync(network.Orderers[1], TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Issue("user", "client")));

        Assert.Equal(Status.Success, answer.Status);
        var chains = await Task.WhenAll(network.Orderers.Select(orderer => network.ReadAsync(orderer, 1)));
        Assert.All(chains, chain => Assert.Equal(TestChannel.Hash(network.Genesis.Header), chain.Blocks[1].Header.PreviousHash));
        Assert.Single(chains.Select(chain => chain.Blocks[1].Header).Distinct());
    }

    [Fact]
    public async Task Broadcast_WrongSigners_AreForbidden()
    {
        await using var network = await new TestNetwork().StartChannelAsync();
        var stranger = new TestOrganization("OneMSP");

        async Task<Status> Send(TestIdentity signer, bool lowS = true) =>
            (await network.BroadcastAsync(network.Orderers[0], TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, signer, lowS))).Status;

        Assert.Equal(Status.Forbidden, await Send(stranger.Admin));
        Assert.Equal(Status.Forbidden, await Send(network.One.Admin, lowS: false));
        Assert.Equal(Status.Forbidden, await Send(network.One.Issue("peer", "peer")));
        Assert.Equal(Status.Forbidden, await Send(network.One.Issue("both", "client+OU=peer")));
        Assert.Equal(Status.BadRequest, await Send(network.One.Issue("late", "client", DateTimeOffset.UtcNow.AddMinutes(-1))));
    }

    [Fact]
    public async Task Deliver_WrongReaders_AreForbidden()
    {
        await using var network = await new TestNetwork().StartChannelAsync();

        Assert.Equal(Status.Forbidden, (await network.ReadAsync(network.Orderers[0], 0, new TestOrganization("TwoMSP").Admin)).Status);
        Assert.Equal(Status.Forbidden, (await network.ReadAsync(network.Orderers[0], 0, lowS: false)).Status);
        Assert.Equal(Status.NotFound, (await network.ReadAsync(network.Orderers[0], 5, wait: false)).Status);
        Assert.Equal(Status.Success, (await network.ReadAsync(network.Orderers[0], 0)).Status);
    }

    [Fact]
    public async Task ConfigUpdate_RightAndWrong_AsFabricJudges()
    {
        await using var network = await new TestNetwork().StartChannelAsync();
        var orderer = network.Orderers[0];
        var admin = network.Ordering.Admin;

        var unsigned = await network.BroadcastAsync(orderer, TestChannel.UpdateBatchSize(TestNetwork.Channel, network.Config, 7, 1, admin, network.One.Admin));
        var skipped = await network.BroadcastAsync(orderer, TestChannel.UpdateBatchSize(TestNetwork.Channel, network.Config, 7, 2, admin, admin));
        var right = await network.BroadcastAsync(orderer, TestChannel.UpdateBatchSize(TestNetwork.Channel, network.Config, 7, 1, admin, admin));
        var stale = await network.BroadcastAsync(orderer, TestChannel.UpdateBatchSize(TestNetwork.Channel, network.Config, 8, 1, admin, admin));

        Assert.Equal(Status.BadRequest, unsigned.Status);
        Assert.Equal(Status.BadRequest, skipped.Status);
        Assert.True(right.Status == Status.Success, right.Info);
        Assert.Equal(Status.BadRequest, stale.Status);
        var (blocks, _) = await network.ReadAsync(orderer, 1);
        var config = ConfigEnvelope.Parser.ParseFrom(Payload.Parser.ParseFrom(Envelope.Parser.ParseFrom(blocks[1].Data.Data[0]).Payload).Data);
        Assert.Equal(1UL, config.Config.Sequence);
    }

    [Fact]
    public async Task Quorum_LostAndRegained_StopsAndContinues()
    {
        await using var network = await new TestNetwork(3).StartChannelAsync();
        Envelope Next() => TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Admin);
        await network.Orderers[1].StopAsync();

        Assert.Equal(Status.Success, (await network.BroadcastAsync(network.Orderers[0], Next())).Status);
        await network.ReadAsync(network.Orderers[0], 1);
        await network.Orderers[2].StopAsync();
        Assert.Equal(Status.ServiceUnavailable, (await network.BroadcastAsync(network.Orderers[0], Next())).Status);
        Assert.Equal(Status.ServiceUnavailable, (await network.ReadAsync(network.Orderers[0], 0)).Status);
        await network.Orderers[1].StartAsync(network.Runtime);
        Assert.Equal(Status.Success, (await network.BroadcastAsync(network.Orderers[0], Next())).Status);

        Assert.Equal(3, (await network.ReadAsync(network.Orderers[1], 2)).Blocks.Count);
    }

    [Fact]
    public async Task Restart_TornTail_IsCutOffAndFetchedAgain()
    {
        await using var network = await new TestNetwork(3).StartChannelAsync();
        await network.BroadcastAsync(network.Orderers[0], TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Admin));
        var before = (await network.ReadAsync(network.Orderers[0], 1)).Blocks[1];
        await network.ReadAsync(network.Orderers[2], 1);
        await network.Orderers[2].StopAsync();
        var file = Path.Combine(network.Orderers[2].DataFolder, "orderer", "chains", "trade", "blocks");
        using (var blocks = File.OpenWrite(file))
        {
            blocks.SetLength(blocks.Length - 9);
        }

        await network.Orderers[2].StartAsync(network.Runtime);

        Assert.Equal(before.Header, (await network.ReadAsync(network.Orderers[2], 1)).Blocks[1].Header);
    }

    [Fact]
    public async Task Restart_CrashedWhileJoining_StartsAndJoins()
    {
        await using var network = await new TestNetwork().StartChannelAsync();
        var orderer = network.Orderers[0];
        await orderer.StopAsync();
        var chains = Path.Combine(orderer.DataFolder, "orderer", "chains");
        await File.WriteAllBytesAsync(Path.Combine(chains, "trade", "blocks"), [1, 2, 3]);
        Directory.CreateDirectory(Path.Combine(chains, "other"));

        await orderer.StartAsync(network.Runtime);

        Assert.Contains("\"status\":\"active\",\"height\":1", (await network.AdminAsync(orderer, HttpMethod.Get, "/trade")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await network.AdminAsync(orderer, HttpMethod.Get, "/other")).Status);
    }

    [Fact]
    public async Task Join_LaterBlock_IsOnboardedFromTheOthers()
    {
        await using var network = await new TestNetwork(3).StartOrderersAsync();
        await network.JoinAsync(network.Orderers[0], network.Genesis);
        await network.JoinAsync(network.Orderers[1], network.Genesis);
        await network.BroadcastAsync(network.Orderers[0], TestChannel.UpdateBatchSize(TestNetwork.Channel, network.Config, 7, 1, network.Ordering.Admin, network.Ordering.Admin));
        var (blocks, _) = await network.ReadAsync(network.Orderers[0], 1);

        var (status, body, _) = await network.JoinAsync(network.Orderers[2], blocks[1]);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Contains("\"height\":2", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bft_Blocks_CarryAQuorumOfSignatures()
    {
        await using var network = await new TestNetwork(4, bft: true).StartChannelAsync();

        await network.BroadcastAsync(network.Orderers[0], TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Admin));

        var (blocks, _) = await network.ReadAsync(network.Orderers[3], 1);
        Assert.Equal(3, Metadata.Parser.ParseFrom(blocks[1].Metadata.Metadata[0]).Signatures.Count);
    }

    [Fact]
    public async Task Bft_SameTransactionToAll_IsOrderedOnce()
    {
        await using var network = await new TestNetwork(4, bft: true).StartChannelAsync();
        var envelope = TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Admin);

        var answers = await Task.WhenAll(network.Orderers.Select(orderer => network.BroadcastAsync(orderer, envelope)));
        var (first, _) = await network.ReadAsync(network.Orderers[0], 1);
        var late = await network.BroadcastAsync(network.Orderers[1], envelope);
        await network.BroadcastAsync(network.Orderers[0], TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Admin));

        Assert.All(answers, answer => Assert.True(answer.Status == Status.Success || answer.Info.EndsWith("request already processed", StringComparison.Ordinal), answer.Info));
        Assert.Equal(envelope.ToByteString(), Assert.Single(first[1].Data.Data));
        Assert.Equal((Status.ServiceUnavailable, "failed to submit request: request already processed"), (late.Status, late.Info));
        Assert.NotEqual(envelope.ToByteString(), Assert.Single((await network.ReadAsync(network.Orderers[0], 2)).Blocks[2].Data.Data));
    }

    [Fact]
    public async Task Bft_SameTransactionToOneTwice_IsRefusedTheSecondTime()
    {
        await using var network = await new TestNetwork(4, bft: true, timeout: "1h").StartChannelAsync();
        var envelope = TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, Anything, network.One.Admin);

        var first = await network.BroadcastAsync(network.Orderers[2], envelope);
        var again = await network.BroadcastAsync(network.Orderers[2], envelope);
        var other = await network.BroadcastAsync(network.Orderers[3], envelope);

        Assert.Equal((Status.Success, Status.Success), (first.Status, other.Status));
        Assert.Equal((Status.ServiceUnavailable, "failed to submit request: request already exists"), (again.Status, again.Info));
    }

    [Fact]
    public async Task Operations_Healthz_IsOk()
    {
        await using var network = await new TestNetwork().StartChannelAsync();
        using var http = network.Orderers[0].Http(8443, null);

        Assert.Contains("\"OK\"", await http.GetStringAsync(new Uri("/healthz", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("consensus_etcdraft_active_nodes{channel=\"trade\"} 1", await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("3.1.5", await http.GetStringAsync(new Uri("/version", UriKind.Relative)), StringComparison.Ordinal);
    }
}
