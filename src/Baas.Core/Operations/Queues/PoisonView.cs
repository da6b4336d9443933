using Baas.Core.Networks;
using Baas.Core.Storage.Queues;

namespace Baas.Core.Operations.Queues;

/// <summary>A poison message, with what it is about where that can be told.</summary>
/// <param name="Message">The message.</param>
/// <param name="Network">The network that its operation was for; null when it cannot be told.</param>
/// <param name="Operation">Its operation; null when it cannot be told.</param>
public sealed record PoisonView(PoisonMessage Message, NetworkReference? Network, OperationId? Operation)
{
    internal static PoisonView Of(PoisonMessage message) =>
        OperationMessage.SubjectOf(message.Content) is { } subject ? new(message, subject.Network, subject.Operation) : new(message, null, null);
}
