using System.Diagnostics;
using Baas.Core.Telemetry;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>One trace per root workflow on a distributed engine: its steps run in many processes, so it travels in their calls.</summary>
internal static class StepTrace
{
    /// <summary>Begins the trace of a root workflow; null when nobody traces. It is a trace of its own, linked with the request that asked for it.</summary>
    public static string? Root(string workflow, string instance)
    {
        var caller = Activity.Current;
        Activity.Current = null;
        var trace = BaasTelemetry.Source.StartActivity(ActivityKind.Internal, links: caller is null ? null : [new ActivityLink(caller.Context)], name: $"workflow {workflow}");
        trace?.SetTag("instance", instance);
        trace?.Dispose(); // the workflow has no process in which a span could stay open: its steps have one each
        Activity.Current = caller;
        return trace?.Id;
    }

    /// <summary>Begins the span of one attempt, linked with what the engine itself traces.</summary>
    public static Activity? Begin(StepCall call)
    {
        var name = call.IsUndo ? $"undo {call.Name}" : call.Name;
        return ActivityContext.TryParse(call.Trace, null, isRemote: true, out var root)
            ? BaasTelemetry.Source.StartActivity(ActivityKind.Internal, root, links: Activity.Current is { } engine ? [new ActivityLink(engine.Context)] : null, name: name)
            : BaasTelemetry.Source.StartActivity(name);
    }
}
