using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Operations.Queues;

/// <summary>
/// Does what a message asks for. Delivered twice is the same as once: the operation's record says whether it has begun. When this returns, the message can be
/// completed; when it throws, the message has to be delivered again. What fails every time is set aside as poison, and its operation ends.
/// </summary>
internal sealed class MessageHandler(IWorkQueue queue, UpgradeOperations upgrades, OperationStarter starter)
{
    /// <summary>How often a message is delivered before it is given up.</summary>
    public const int MaxDeliveries = 8;

    /// <summary>The code of operations whose message was given up.</summary>
    public const string Poisoned = "queue-message-poisoned";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait after a delivery that failed: about ten minutes until a message is given up.</summary>
    public static TimeSpan PauseAfter(int deliveries) => TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, deliveries - 1)));

    /// <summary>Handles a message that the caller holds.</summary>
    public async Task HandleAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        OperationRecord operation;
        try
        {
            operation = OperationMessage.Read(message.Content);
            await BeginAsync(operation, cancellationToken);
        }
        catch (QueueMessageException unreadable)
        {
            await GiveUpAsync(message, unreadable.Message, cancellationToken);
        }
        catch (RefusedException refusal) when (refusal.Code == "network-not-found")
        {
            await GiveUpAsync(message, refusal.Message, cancellationToken);
        }
        catch (RefusedException refusal) when (refusal.Code != "network-busy" || message.Deliveries >= MaxDeliveries)
        {
            await EndAsync(message, refusal.Code, refusal.Message, cancellationToken);
        }
        catch (Exception failure) when (message.Deliveries >= MaxDeliveries && !cancellationToken.IsCancellationRequested) // a border: nobody else would tell why
        {
            await GiveUpAsync(message, $"it failed {message.Deliveries} times, last with: {failure.Message.ReplaceLineEndings(" ")}", cancellationToken);
        }
    }

    private Task BeginAsync(OperationRecord operation, CancellationToken cancellationToken) => operation.Kind == OperationKind.UpgradeNetwork
        ? upgrades.BeginQueuedAsync(operation, cancellationToken)
        : throw new QueueMessageException($"no operation of kind {operation.Kind} comes through the queue");

    // The copy first: a crash in between delivers the message again, and all of this happens once more.
    private async Task GiveUpAsync(WorkMessage message, string reason, CancellationToken cancellationToken)
    {
        await queue.PoisonAsync(message, reason, cancellationToken);
        await EndAsync(message, Poisoned, reason, cancellationToken);
    }

    private async Task EndAsync(WorkMessage message, string code, string reason, CancellationToken cancellationToken)
    {
        if (OperationMessage.SubjectOf(message.Content) is { } subject)
        {
            await starter.EndUnbegunAsync(subject.Network.Tenant, subject.Operation, code, reason, onlyQueued: false, cancellationToken);
        }
    }
}
