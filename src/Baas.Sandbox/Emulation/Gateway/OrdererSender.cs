using System.Net;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Sandbox.Emulation.Peers;
using Baas.Sandbox.Emulation.Transport;

namespace Baas.Sandbox.Emulation.Gateway;

/// <summary>Sends a transaction to the first orderer of the channel that takes it.</summary>
internal sealed class OrdererSender(PeerNode peer)
{
    /// <summary>Sends it.</summary>
    /// <exception cref="GrpcFailure">No orderer takes it.</exception>
    public async Task SendAsync(PeerChannel channel, Envelope transaction, CancellationToken cancellationToken)
    {
        var last = ("none", "the channel has no orderer endpoints");
        foreach (var endpoint in channel.Config.OrdererEndpoints)
        {
            try
            {
                if (await BroadcastAsync(channel, endpoint, transaction, cancellationToken) is not { } response)
                {
                    last = (endpoint, "no answer");
                    continue;
                }

                if (response.Status == Status.Success)
                {
                    return;
                }

                if (response.Status is not (Status.ServiceUnavailable or Status.InternalServerError))
                {
                    throw GatewayFailures.Of(
                        GrpcStatusCode.Aborted, $"received unsuccessful response from orderer: status: {response.Status}, message: {response.Info}", endpoint, string.Empty, response.Info);
                }

                last = (endpoint, $"{response.Status}: {response.Info}");
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or EmulationException)
            {
                last = (endpoint, failure.Message);
            }
        }

        throw GatewayFailures.Of(GrpcStatusCode.Unavailable, "no orderers could successfully process transaction", last.Item1, string.Empty, last.Item2);
    }

    private async Task<BroadcastResponse?> BroadcastAsync(PeerChannel channel, string endpoint, Envelope transaction, CancellationToken cancellationToken)
    {
        var colon = endpoint.LastIndexOf(':');
        var host = endpoint[..Math.Max(colon, 0)];
        if (!int.TryParse(endpoint[(colon + 1)..], out var port) || (IPAddress.TryParse(host, out var literal) ? literal : peer.Resolve(host)) is not { } address)
        {
            throw new EmulationException($"orderer endpoint \"{endpoint}\" cannot be resolved");
        }

        using var client = new GrpcClient(host, new IPEndPoint(address, port), peer.ServerCertificate is null ? null : channel.Config.OrdererMsps.TlsAuthorities(), peer.ClientCertificate);
        await foreach (var response in client.CallAsync("/orderer.AtomicBroadcast/Broadcast", transaction, BroadcastResponse.Parser, cancellationToken))
        {
            return response;
        }

        return null;
    }
}
