using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Baas.Core.Telemetry;

#pragma warning disable CA1050 // the runtime wants this class outside of namespaces
/// <summary>
/// Runs in the process of a service before its program does (<c>DOTNET_STARTUP_HOOKS</c>). Of each operation it lets one step complete and be recorded, and holds
/// the next one at that boundary: before it begins, or when it has had its effect and its result is not recorded. It says so, and waits to be killed.
/// </summary>
internal static class StartupHook
{
    /// <summary>The variable that says where steps are held: <c>before</c> or <c>after</c>; without it nothing is held.</summary>
    public const string Variable = "HOLD_STEPS";

    /// <summary>How a line begins that tells of a held step.</summary>
    public const string Said = "held: ";

    private static readonly ConcurrentDictionary<ActivityTraceId, string> Operations = [];
    private static readonly ConcurrentDictionary<ActivityTraceId, bool> Passed = [];

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } side)
        {
            return;
        }

        var holdsBefore = side == "before";
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == BaasTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => Begins(activity, holdsBefore),
        });
        var steps = new MeterListener { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        steps.SetMeasurementEventCallback<double>((_, _, tags, _) => Ends(tags, holdsBefore));
        steps.Start();
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == BaasTelemetry.Name && instrument.Name == "baas.step.duration")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static void Begins(Activity activity, bool holdsBefore)
    {
        if (activity.OperationName.Split(' ') is ["workflow", var workflow, ..])
        {
            Operations[activity.TraceId] = workflow;
        }
        else if (holdsBefore && Passed.ContainsKey(activity.TraceId))
        {
            Hold(activity, "before");
        }
    }

    // Called by the one that carried the step out, before it hands the result over.
    private static void Ends(ReadOnlySpan<KeyValuePair<string, object?>> tags, bool holdsBefore)
    {
        if (Activity.Current is not { } activity || !tags.ToArray().Any(tag => tag is { Key: "outcome", Value: "success" }))
        {
            return;
        }

        if (!Passed.TryAdd(activity.TraceId, true) && !holdsBefore)
        {
            Hold(activity, "after");
        }
    }

    private static void Hold(Activity step, string side)
    {
        Console.WriteLine($"{Said}{Operations.GetValueOrDefault(step.TraceId)} {side} {step.OperationName}");
        Thread.Sleep(Timeout.Infinite);
    }
}
