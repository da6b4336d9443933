using System.Diagnostics;
using Baas.Core.Telemetry;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>Carries out one attempt of any step for a distributed engine.</summary>
internal sealed class DurableStep(WorkflowCatalog catalog, IServiceProvider services, TimeProvider clock)
{
    private readonly StepAttempt _attempts = new(catalog, services, clock);

    /// <summary>Runs the attempt.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="cancellationToken">Cancelled when the host stops: the attempt is not counted then and runs again elsewhere.</param>
    public async Task<StepOutcome> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var activity = StepTrace.Begin(call);
        var (output, fault) = await _attempts.RunAsync(call.Name, call.Input.GetRawText(), call.IsUndo, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            return StepOutcome.GivenUp(call.Name) with { Call = call.Key }; // a failure may be a consequence of the stop
        }

        activity?.SetTag("attempt", call.Attempt).SetTag("subject", call.Subject).SetStatus(fault is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, fault is { } failed ? Redaction.Of(failed.Message) : null);
        Count(call, fault?.Code ?? "success", clock.GetElapsedTime(began));
        return OutcomeOf(call, output, fault) with { Call = call.Key };
    }

    private StepOutcome OutcomeOf(StepCall call, string? output, StepFault? fault) => fault switch
    {
        null => StepOutcome.Success(output ?? "null"),
        { Code: CatalogException.StepUnknown } unknown => StepOutcome.Unknown(unknown),
        { } failure => StepOutcome.Failure(failure, RetryAfter(call, failure)),
    };

    private TimeSpan? RetryAfter(StepCall call, StepFault fault)
    {
        if (!fault.IsTransient)
        {
            return null;
        }

        var step = catalog.Step(call.Name); // a transient failure came from the step, so it is known
        var options = call.IsUndo ? step.UndoOptions : step.Options;
        if (call.Attempt >= options.Attempts)
        {
            return null;
        }

        BaasTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("step", call.Name));
        return options.DelayAfter(call.Attempt);
    }

    private static void Count(StepCall call, string outcome, TimeSpan duration)
    {
        KeyValuePair<string, object?> step = new("step", call.Name);
        KeyValuePair<string, object?> ended = new("outcome", outcome);
        BaasTelemetry.StepDuration.Record(duration.TotalSeconds, step, ended);
        if (call.IsUndo)
        {
            BaasTelemetry.Compensations.Add(1, step, ended);
        }
    }
}
