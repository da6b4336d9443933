using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>What another version has begun and this one does not know.</summary>
internal static class Strangers
{
    /// <summary>The first workflow or step of a root and its children that is under way and not known; null when all are.</summary>
    public static string? FindIn(IReadOnlyList<InstanceHistory> histories, WorkflowCatalog catalog)
    {
        var workflows = histories.Where(history => history.Row.EndedAt is null).Select(history => history.Row.Workflow).Where(name => !catalog.Workflows.Contains(name)).Select(name => $"workflow {name}");
        var steps =
            from history in histories
            where history.Row.EndedAt is null
            from call in history.Calls
            where !call.IsEnded && (call.Kind is CallKind.Step or CallKind.Undo) && !catalog.Steps.Contains(call.Name)
            select $"step {call.Name}";
        return workflows.Concat(steps).FirstOrDefault();
    }
}
