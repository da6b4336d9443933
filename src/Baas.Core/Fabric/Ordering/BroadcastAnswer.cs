using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>What an orderer said to an envelope.</summary>
/// <param name="Orderer">The orderer.</param>
/// <param name="Status">The status; <see cref="Status.Unknown"/> when it said nothing.</param>
/// <param name="Info">What it says to it, or what kept it from it.</param>
internal sealed record BroadcastAnswer(NodeEndpoint Orderer, Status Status, string Info)
{
    /// <summary>Whether it has the envelope. Orderers of BFT refuse what they have already, or have ordered a moment ago.</summary>
    public bool IsTaken => Status == Status.Success
        || (Status == Status.ServiceUnavailable && (Info.EndsWith("request already exists", StringComparison.Ordinal) || Info.EndsWith("request already processed", StringComparison.Ordinal)));

    /// <summary>Whether it found the envelope wrong.</summary>
    public bool IsRefused => Status is Status.BadRequest or Status.Forbidden or Status.RequestEntityTooLarge;

    /// <summary>Asks an orderer to take an envelope.</summary>
    /// <param name="orderer">The way to it.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="cancellationToken">Gives up: that is an answer, too.</param>
    public static async Task<BroadcastAnswer> AskAsync(NodeConnection orderer, Envelope envelope, TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await using var call = orderer.Open(FabricMethods.Broadcast, deadline, cancellationToken);
            await call.WriteAsync(envelope);
            call.Complete();
            var answer = await call.ReadAsync() ?? new BroadcastResponse { Info = "no answer" };
            return new BroadcastAnswer(orderer.Endpoint, answer.Status, answer.Info);
        }
        catch (BaasException failure) when (failure is NodeUnreachableException or NodeUntrustedException or GrpcException)
        {
            return new BroadcastAnswer(orderer.Endpoint, Status.Unknown, failure.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new BroadcastAnswer(orderer.Endpoint, Status.Unknown, "no answer yet");
        }
    }

    /// <summary>The failure that it is when nobody else is asked.</summary>
    public OrderingRefusedException ToRefusal(string intent) => new(Orderer, intent, Status, Info);

    /// <inheritdoc/>
    public override string ToString() => Status == Status.Unknown ? $"{Orderer.Node}: {Info}" : $"{Orderer.Node}: {Status}: {Info}";
}
