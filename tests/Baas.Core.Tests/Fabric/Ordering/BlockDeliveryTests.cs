using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Tests.Fabric.Transport;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using static Baas.Core.Tests.Fabric.Transport.TestNode;
using FabricStatus = Baas.Core.Fabric.Protos.Common.Status;

namespace Baas.Core.Tests.Fabric.Ordering;

public sealed class BlockDeliveryTests : IDisposable
{
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestAuthority _authority = new();
    private readonly EcdsaSigner _signer;
    private readonly string _certificate;

    public BlockDeliveryTests()
    {
        (_certificate, var key) = _authority.Issue("admin", "admin");
        _signer = EcdsaSigner.FromPem(MspId.Parse("OrdererMSP"), _certificate, key);
    }

    public void Dispose()
    {
        _signer.Dispose();
        _authority.Dispose();
        _connections.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task ReadAsync_OneBlock_AsksForThatOneStrictlyAndSigned()
    {
        Envelope? asked = null;
        await using var node = await StartAsync(async context =>
        {
            asked = await AskedAsync(context);
            await WriteAsync(context, new DeliverResponse { Block = GoldenFiles.Block(3) });
            await WriteAsync(context, new DeliverResponse { Status = FabricStatus.Success });
            End(context, 0);
        });

        var block = await Delivery(node).ReadAsync(Channel, 3, _stop.Token);

        var payload = Payload.Parser.ParseFrom(asked!.Payload);
        var header = ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader);
        var seek = SeekInfo.Parser.ParseFrom(payload.Data);
        using var shown = X509Certificate2.CreateFromPem(_certificate);
        using var verifier = shown.GetECDsaPublicKey()!;
        Assert.Equal(GoldenFiles.Block(3), block);
        Assert.Equal(((int)HeaderType.DeliverSeekInfo, "mychannel", ByteString.Empty), (header.Type, header.ChannelId, header.TlsCertHash));
        Assert.Equal((3UL, 3UL), (seek.Start.Specified.Number, seek.Stop.Specified.Number));
        Assert.Equal((SeekInfo.Types.SeekBehavior.FailIfNotReady, SeekInfo.Types.SeekErrorResponse.Strict), (seek.Behavior, seek.ErrorResponse));
        Assert.True(verifier.VerifyData(asked.Payload.Span, asked.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public async Task ReadAsync_MutualTls_TellsTheHashOfTheCertificate()
    {
        using var clients = new TestAuthority("clients");
        var (certificate, key) = clients.Issue("admin");
        ByteString? hash = null;
        await using var node = await TestNode.StartAsync(
            async context =>
            {
                Begin(context);
                hash = ChannelHeader.Parser.ParseFrom(Payload.Parser.ParseFrom((await AskedAsync(context)).Payload).Header.ChannelHeader).TlsCertHash;
                await WriteAsync(context, new DeliverResponse { Block = GoldenFiles.Block(0) });
                End(context, 0);
            },
            clients: clients);

        var connection = _connections.To(node.Endpoint(), node.Tls with { Client = new ClientCertificate(certificate, key) });
        await new BlockDelivery(connection, _signer, TimeProvider.System).ReadNewestAsync(Channel, _stop.Token);

        using var shown = X509Certificate2.CreateFromPem(certificate);
        Assert.Equal(SHA256.HashData(shown.RawData), hash!.ToByteArray());
    }

    [Fact]
    public async Task ReadConfigAsync_ManyBlocks_GoesToTheOneThatTheNewestNames()
    {
        List<SeekPosition> asked = [];
        await using var node = await StartAsync(async context =>
        {
            var seek = SeekInfo.Parser.ParseFrom(Payload.Parser.ParseFrom((await AskedAsync(context)).Payload).Data);
            asked.Add(seek.Start);
            await WriteAsync(context, new DeliverResponse { Block = GoldenFiles.Block(seek.Start.TypeCase == SeekPosition.TypeOneofCase.Newest ? 6 : (int)seek.Start.Specified.Number) });
            End(context, 0);
        });

        var config = await Delivery(node).ReadConfigAsync(Channel, _stop.Token);

        Assert.Equal(Channel, config.Channel);
        Assert.Equal([new SeekPosition { Newest = new SeekNewest() }, new SeekPosition { Specified = new SeekSpecified { Number = 0 } }], asked);
    }

    [Theory]
    [InlineData(FabricStatus.ServiceUnavailable, true)]
    [InlineData(FabricStatus.NotFound, false)]
    [InlineData(FabricStatus.Forbidden, false)]
    [InlineData(FabricStatus.BadRequest, false)]
    [InlineData(FabricStatus.Success, true)]
    public async Task ReadAsync_StatusInsteadOfABlock_IsARefusal(FabricStatus status, bool transient)
    {
        await using var node = await StartAsync(async context =>
        {
            await AskedAsync(context);
            await WriteAsync(context, new DeliverResponse { Status = status });
            End(context, 0);
        });

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => Delivery(node).ReadAsync(Channel, 0, _stop.Token));

        Assert.Equal((status, transient), (refusal.Status, refusal.IsTransient));
    }

    [Fact]
    public async Task ReadAsync_EndsWithoutAnAnswer_IsTransient()
    {
        await using var node = await StartAsync(async context =>
        {
            await AskedAsync(context);
            End(context, 0);
        });

        Assert.True((await Assert.ThrowsAsync<DeliveryRefusedException>(() => Delivery(node).ReadNewestAsync(Channel, _stop.Token))).IsTransient);
    }

    [Fact]
    public async Task ReadAsync_ChangedBlock_Throws()
    {
        var changed = GoldenFiles.Block(3);
        changed.Data.Data.Clear();
        await using var node = await StartAsync(async context =>
        {
            await AskedAsync(context);
            await WriteAsync(context, new DeliverResponse { Block = changed });
            End(context, 0);
        });

        await Assert.ThrowsAsync<BlockInvalidException>(() => Delivery(node).ReadAsync(Channel, 3, _stop.Token));
    }

    [Fact]
    public async Task FollowAsync_Blocks_ComeInOrderUntilTheCallerStops()
    {
        var stopped = new TaskCompletionSource();
        await using var node = await StartAsync(async context =>
        {
            var seek = SeekInfo.Parser.ParseFrom(Payload.Parser.ParseFrom((await AskedAsync(context)).Payload).Data);
            Assert.Equal((2UL, ulong.MaxValue, SeekInfo.Types.SeekBehavior.BlockUntilReady), (seek.Start.Specified.Number, seek.Stop.Specified.Number, seek.Behavior));
            context.RequestAborted.Register(stopped.SetResult);
            for (var number = 2; number < 5; number++)
            {
                await WriteAsync(context, new DeliverResponse { Block = GoldenFiles.Block(number) });
            }

            await stopped.Task;
        });

        List<ulong> seen = [];
        await foreach (var block in Delivery(node).FollowAsync(Channel, 2, _stop.Token))
        {
            seen.Add(block.Header.Number);
            if (seen.Count == 3)
            {
                break;
            }
        }

        await stopped.Task.WaitAsync(_stop.Token);
        Assert.Equal([2UL, 3UL, 4UL], seen);
    }

    [Fact]
    public async Task FollowAsync_BlockIsLeftOut_Throws()
    {
        await using var node = await StartAsync(async context =>
        {
            await AskedAsync(context);
            await WriteAsync(context, new DeliverResponse { Block = GoldenFiles.Block(2) });
            await WriteAsync(context, new DeliverResponse { Block = GoldenFiles.Block(4) });
            End(context, 0);
        });

        await Assert.ThrowsAsync<BlockInvalidException>(async () =>
        {
            await foreach (var block in Delivery(node).FollowAsync(Channel, 2, _stop.Token))
            {
                Assert.Equal(2UL, block.Header.Number);
            }
        });
    }

    private static async Task<Envelope> AskedAsync(HttpContext context) => (await ReadAsync(context, Envelope.Parser))!;

    private static Task<TestNode> StartAsync(RequestDelegate handle) => TestNode.StartAsync(context =>
    {
        Begin(context);
        return handle(context);
    });

    private BlockDelivery Delivery(TestNode node) => new(_connections.To(node.Endpoint(), node.Tls), _signer, TimeProvider.System);
}
