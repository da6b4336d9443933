using System.Text.Json;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>
/// How one attempt of a step ended, as a distributed engine records it. A failure is data, since engines carry exceptions between processes in
/// ways of their own; whether to try again is decided where the step ran, so that a later version's options cannot contradict a history.
/// </summary>
/// <param name="Output">The output; null for a failure.</param>
/// <param name="Code">The failure's code; null for a success.</param>
/// <param name="Message">Its message.</param>
/// <param name="RetryAfter">When to try again; null for not at all.</param>
internal sealed record StepOutcome(JsonElement? Output, string? Code = null, string? Message = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The code of an attempt that its host never answered.</summary>
    public const string Lost = "step-lost";

    /// <summary>A success.</summary>
    public static StepOutcome Success(string output) => new(DurablePayload.Parse(output));

    /// <summary>A failure.</summary>
    public static StepOutcome Failure(StepFault fault, TimeSpan? retryAfter) => new(null, fault.Code, fault.Message, retryAfter);
}
