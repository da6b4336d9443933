using System.Net;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Sandbox.Emulation.Peers;
using Baas.Sandbox.Emulation.Transport;

namespace Baas.Sandbox.Emulation.Gateway;

/// <summary>Sends a transaction to the first orderer of the channel that takes it; with BFT to all of them, of which a quorum has to take it.</summary>
internal sealed class OrdererSender(PeerNode peer)
{
    // The one refusal that Fabric's gateway takes for a yes.
    private const string HasIt = "failed to submit request: request already exists";

    // How long Fabric's gateway gives an orderer when nobody has set it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Sends it.</summary>
    /// <exception cref="GrpcFailure">No orderer takes it, or too few do.</exception>
    public Task SendAsync(PeerChannel channel, Envelope transaction, CancellationToken cancellationToken) =>
        channel.Config.IsBft ? SendToAllAsync(channel, transaction, cancellationToken) : SendToOneAsync(channel, transaction, cancellationToken);

    private async Task SendToOneAsync(PeerChannel channel, Envelope transaction, CancellationToken cancellationToken)
    {
        var last = ("none", "the channel has no orderer endpoints");
        foreach (var endpoint in channel.Config.OrdererEndpoints)
        {
            var (status, said) = await AskAsync(channel, endpoint, transaction, cancellationToken);
            if (status == Status.Success)
            {
                return;
            }

            if (status is not (Status.Unknown or Status.ServiceUnavailable or Status.InternalServerError))
            {
                throw GatewayFailures.Of(GrpcStatusCode.Aborted, $"received unsuccessful response from orderer: status: {status}, message: {said}", endpoint, string.Empty, said);
            }

            last = (endpoint, $"{status}: {said}");
        }

        throw GatewayFailures.Of(GrpcStatusCode.Unavailable, "no orderers could successfully process transaction", last.Item1, string.Empty, last.Item2);
    }

    private async Task SendToAllAsync(PeerChannel channel, Envelope transaction, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(channel.Config.OrdererEndpoints.Select(async endpoint => (Endpoint: endpoint, Said: await AskAsync(channel, endpoint, transaction, cancellationToken))));
        var refusals = answers.Where(answer => answer.Said is not ((Status.Success, _) or (Status.ServiceUnavailable, HasIt))).ToList();
        if (answers.Length - refusals.Count < channel.Config.Quorum)
        {
            var (endpoint, (status, said)) = refusals.LastOrDefault((Endpoint: "none", Said: (Status.Unknown, "the channel has too few orderer endpoints")));
            throw GatewayFailures.Of(
                GrpcStatusCode.Unavailable, "insufficient number of orderers could successfully process transaction to satisfy quorum requirement", endpoint, string.Empty, $"{status}: {said}");
        }
    }

    // Unknown: there was no answer.
    private async Task<(Status Status, string Said)> AskAsync(PeerChannel channel, string endpoint, Envelope transaction, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Limit);
        try
        {
            return await BroadcastAsync(channel, endpoint, transaction, stop.Token) is { } response ? (response.Status, response.Info) : (Status.Unknown, "no answer");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or EmulationException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (Status.Unknown, failure.Message);
        }
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
