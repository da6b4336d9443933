using System.Collections.Concurrent;
using System.Diagnostics;
using Baas.Core.Telemetry;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task Trace_OfAWorkflow_HasASpanPerStepOfItAndItsChildren()
    {
        ConcurrentQueue<Activity> spans = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == BaasTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener); // hears other tests, too
        var child = Child("inner", context => Do(context, "c"));

        await StartAsync(async context => $"{await Do(context, "a")}, {await Do(context, "b")}, {await context.RunAsync(child)}");
        ResultOf(await EndAsync());
        while (!spans.Any(IsRoot))
        {
            await Task.Delay(10, Soon); // its span may end a moment after the workflow
        }

        var root = Assert.Single(spans, IsRoot);
        var steps = spans.Where(span => span.TraceId == root.TraceId && span.OperationName == nameof(Work)).ToList();
        Assert.Equal(["a", "b", "c"], steps.Select(step => (string?)step.GetTagItem("subject")).Order(StringComparer.Ordinal));
        Assert.All(steps, step => Assert.Equal(root.SpanId, step.ParentSpanId));
    }

    private bool IsRoot(Activity span) => span.OperationName == "workflow Scripted" && (string?)span.GetTagItem("instance") == Id;
}
