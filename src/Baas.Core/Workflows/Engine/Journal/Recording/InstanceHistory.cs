namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>All that is recorded of one instance.</summary>
/// <param name="Row">The instance.</param>
/// <param name="Calls">Its calls by position.</param>
/// <param name="Events">The events that no call has taken, oldest first.</param>
internal sealed record InstanceHistory(InstanceRow Row, IReadOnlyList<CallRow> Calls, IReadOnlyList<EventRow> Events);
