using System.Diagnostics;
using Baas.Core.Telemetry;
using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>One trace per root workflow, continued over restarts of the engine.</summary>
internal static class WorkflowTrace
{
    /// <summary>Begins the trace; null when nobody traces. It is a trace of its own, linked with the request that asked for it.</summary>
    public static Activity? Begin(string workflow, string instance)
    {
        var caller = Activity.Current;
        Activity.Current = null;
        var trace = BaasTelemetry.Source.StartActivity(ActivityKind.Internal, links: caller is null ? null : [new ActivityLink(caller.Context)], name: $"workflow {workflow}");
        trace?.SetTag("instance", instance);
        Activity.Current = caller;
        return trace;
    }

    /// <summary>Goes on with a recorded trace.</summary>
    public static Activity? Resume(InstanceRow root)
    {
        if (!ActivityContext.TryParse(root.TraceParent, null, isRemote: true, out var recorded))
        {
            return Begin(root.Workflow, root.Id);
        }

        var trace = BaasTelemetry.Source.StartActivity($"workflow {root.Workflow} resumed", ActivityKind.Internal, recorded);
        trace?.SetTag("instance", root.Id);
        Activity.Current = null;
        return trace;
    }
}
