using System.Net;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Sandbox.Emulation.Transport;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using DeliverResponse = Baas.Core.Fabric.Protos.Orderer.DeliverResponse;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Fetches a channel's blocks from its orderers, one orderer after another, for as long as the peer runs.</summary>
internal sealed class BlockPuller(PeerNode peer, PeerChannel channel) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Start() => _work = Task.Run(RunAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = FirstPause;
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            var height = channel.Store.Height;
            try
            {
                var endpoints = channel.Config.OrdererEndpoints;
                await PullAsync(endpoints.Count == 0 ? throw new EmulationException("the channel has no orderer endpoints") : endpoints[turn % endpoints.Count]);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or GrpcFailure or EmulationException or OperationCanceledException or InvalidProtocolBufferException)
            {
                if (!_stop.IsCancellationRequested)
                {
                    channel.Log($"cannot fetch blocks: {failure.Message} {failure.InnerException?.Message}");
                }
            }

            pause = channel.Store.Height > height ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            await Task.Delay(pause, peer.Clock, _stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task PullAsync(string endpoint)
    {
        var colon = endpoint.LastIndexOf(':');
        var host = endpoint[..Math.Max(colon, 0)];
        if (!int.TryParse(endpoint[(colon + 1)..], out var port) || (IPAddress.TryParse(host, out var literal) ? literal : peer.Resolve(host)) is not { } address)
        {
            throw new EmulationException($"orderer endpoint \"{endpoint}\" cannot be resolved");
        }

        using var client = new GrpcClient(host, new IPEndPoint(address, port), peer.ServerCertificate is null ? null : channel.Config.OrdererMsps.TlsAuthorities(), peer.ClientCertificate);
        await foreach (var response in client.CallAsync("/orderer.AtomicBroadcast/Deliver", Request(), DeliverResponse.Parser, _stop.Token))
        {
            if (response.Block is not { } block)
            {
                throw new EmulationException($"orderer {endpoint} answered {response.Status}");
            }

            channel.Commit(block);
        }
    }

    private Envelope Request()
    {
        var header = new ChannelHeader { Type = (int)HeaderType.DeliverSeekInfo, ChannelId = channel.Name, Timestamp = Timestamp.FromDateTimeOffset(peer.Clock.GetUtcNow()) };
        if (peer.ClientCertificate is { } certificate)
        {
            header.TlsCertHash = ByteString.CopyFrom(SHA256.HashData(certificate.RawDataMemory.Span));
        }

        var seek = new SeekInfo
        {
            Start = new SeekPosition { Specified = new SeekSpecified { Number = channel.Store.Height } },
            Stop = new SeekPosition { Specified = new SeekSpecified { Number = ulong.MaxValue } },
        };
        var payload = new Payload
        {
            Header = new Header { ChannelHeader = header.ToByteString(), SignatureHeader = peer.Msp.Header().ToByteString() },
            Data = seek.ToByteString(),
        }.ToByteString();
        return new Envelope { Payload = payload, Signature = peer.Msp.Sign(payload.Span) };
    }
}
