using System.Net;
using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>Emulated orderers judge Ed25519 identities as Fabric does (msp/mspimplvalidate.go, common/crypto/sanitize.go).</summary>
public sealed class EmulatedEd25519Tests
{
    [Fact]
    public async Task Broadcast_SignedWithEd25519_IsTakenOnlyAsItWasSigned()
    {
        await using var network = await new TestNetwork().StartChannelAsync();
        var client = network.One.IssueEd25519("user", "client");
        var envelope = TransactionOf(client);

        Assert.Equal(Status.Success, await StatusOfAsync(network, envelope));
        Assert.Equal(Status.Forbidden, await StatusOfAsync(network, Signed(envelope, [.. envelope.Signature.Span[..^1], (byte)(envelope.Signature[^1] ^ 1)])));
        Assert.Equal(Status.Forbidden, await StatusOfAsync(network, Signed(envelope, envelope.Signature.Span[..^1])));
        Assert.Equal(Status.Forbidden, await StatusOfAsync(network, Signed(envelope, network.One.IssueEd25519("user", "client").Sign(envelope.Payload.Span).Span)));
        Assert.Equal(Status.Forbidden, await StatusOfAsync(network, Signed(envelope, network.One.Issue("user", "client").Sign(envelope.Payload.Span).Span)));
    }

    [Fact]
    public async Task Broadcast_ChannelBelowV3_TakesNoEd25519()
    {
        await using var network = await new TestNetwork().StartOrderersAsync();
        var config = network.Config.Clone();
        config.Values["Capabilities"].Value = new Capabilities { Capabilities_ = { ["V2_0"] = new Capability() } }.ToByteString();
        Assert.Equal(HttpStatusCode.Created, (await network.JoinAsync(network.Orderers[0], TestChannel.Genesis(TestNetwork.Channel, config))).Status);

        Assert.Equal(Status.Success, await StatusOfAsync(network, TransactionOf(network.One.Issue("user", "client"))));
        Assert.Equal(Status.Forbidden, await StatusOfAsync(network, TransactionOf(network.One.IssueEd25519("user", "client"))));
    }

    [Fact]
    public async Task Join_BftConsenterWithEd25519_IsRefused()
    {
        await using var network = await new TestNetwork(4, bft: true).StartOrderersAsync();
        var config = network.Config.Clone();
        var value = config.Groups["Orderer"].Values["Orderers"];
        var orderers = Orderers.Parser.ParseFrom(value.Value);
        orderers.ConsenterMapping[1].Identity = ByteString.CopyFromUtf8(network.Ordering.IssueEd25519("orderer1", "orderer").Certificate.ExportCertificatePem());
        value.Value = orderers.ToByteString();

        var (status, body, _) = await network.JoinAsync(network.Orderers[0], TestChannel.Genesis(TestNetwork.Channel, config));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("failed unmarshaling ECDSA signature on identity", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await network.JoinAsync(network.Orderers[0], network.Genesis)).Status);
    }

    private static Envelope TransactionOf(TestIdentity signer) => TestChannel.Envelope(HeaderType.EndorserTransaction, TestNetwork.Channel, new LastConfig { Index = 1 }, signer);

    private static Envelope Signed(Envelope envelope, ReadOnlySpan<byte> signature) => new() { Payload = envelope.Payload, Signature = ByteString.CopyFrom(signature) };

    private static async Task<Status> StatusOfAsync(TestNetwork network, Envelope envelope) => (await network.BroadcastAsync(network.Orderers[0], envelope)).Status;
}
