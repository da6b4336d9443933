using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Ordering;

/// <summary>Hands envelopes to a channel's orderers: to the first that takes them.</summary>
/// <param name="orderers">The orderers in the order in which they are tried, at least one. The connections belong to the caller.</param>
internal sealed class Broadcaster(IReadOnlyList<NodeConnection> orderers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Sends an envelope. Success says that it will be ordered, not that it is committed or valid.</summary>
    /// <param name="envelope">The signed envelope.</param>
    /// <param name="intent">What it is for people: a verb and its object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OrderingRefusedException">An orderer found the envelope wrong; the others would, too.</exception>
    /// <exception cref="OrderersUnavailableException">No orderer takes envelopes now; one of them may have taken this one nevertheless.</exception>
    public async Task SendAsync(Envelope envelope, string intent, CancellationToken cancellationToken)
    {
        List<string> tried = [];
        foreach (var orderer in orderers)
        {
            if (await TryAsync(orderer, envelope, intent, cancellationToken) is not { } problem)
            {
                return;
            }

            tried.Add($"{orderer.Endpoint.Node}: {problem}");
        }

        throw new OrderersUnavailableException(intent, tried);
    }

    // Null: it was taken.
    private static async Task<string?> TryAsync(NodeConnection orderer, Envelope envelope, string intent, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AskAsync(orderer, envelope, cancellationToken);
            return answer.Status switch
            {
                Status.Success => null,
                Status.BadRequest or Status.Forbidden or Status.RequestEntityTooLarge => throw new OrderingRefusedException(orderer.Endpoint, intent, answer.Status, answer.Info),

                // Not a member of the channel (yet), without a leader, or failing: the others may be better off.
                _ => $"{answer.Status}: {answer.Info}",
            };
        }
        catch (BaasException failure) when (failure is NodeUnreachableException or NodeUntrustedException or GrpcException)
        {
            return failure.Message;
        }
    }

    private static async Task<BroadcastResponse> AskAsync(NodeConnection orderer, Envelope envelope, CancellationToken cancellationToken)
    {
        await using var call = orderer.Open(FabricMethods.Broadcast, Deadline, cancellationToken);
        await call.WriteAsync(envelope);
        call.Complete();
        return await call.ReadAsync() ?? new BroadcastResponse { Info = "no answer" };
    }
}
