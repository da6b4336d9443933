using Baas.Core.Workflows.Engine;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>A step of a network, or the undoing of one.</summary>
internal sealed record StepCall(string Network, CallKind Kind, string Name, string Subject)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == CallKind.Undo ? "undo " : "")}{Name} {Subject}";
}
