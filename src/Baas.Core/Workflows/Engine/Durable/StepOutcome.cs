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
/// <param name="Call">What was run (<see cref="StepCall.Key"/>); null in histories of versions that did not say.</param>
internal sealed record StepOutcome(JsonElement? Output, string? Code = null, string? Message = null, TimeSpan? RetryAfter = null, string? Call = null)
{
    /// <summary>The code of an attempt that its host never answered.</summary>
    public const string Lost = "step-lost";

    /// <summary>How long an attempt waits for a host that does not stop.</summary>
    public static readonly TimeSpan BeforeAnotherHost = TimeSpan.FromSeconds(1.5);

    /// <summary>How long an attempt waits for a host that knows its step: an older one may run beside it while a deployment goes on.</summary>
    public static readonly TimeSpan BeforeNewerHost = TimeSpan.FromSeconds(30);

    /// <summary>A success.</summary>
    public static StepOutcome Success(string output) => new(DurablePayload.Parse(output));

    /// <summary>A failure.</summary>
    public static StepOutcome Failure(StepFault fault, TimeSpan? retryAfter) => new(null, fault.Code, fault.Message, retryAfter);

    /// <summary>An attempt at a step that this host does not know; it is not counted.</summary>
    public static StepOutcome Unknown(StepFault fault) => new(null, fault.Code, $"{fault.Message}; it waits for a host of a version that knows it", BeforeNewerHost);

    /// <summary>An attempt that was given up since its host stops; it is not counted.</summary>
    public static StepOutcome GivenUp(string step) => new(null, Lost, $"cannot finish step \"{step}\": its host stops", BeforeAnotherHost);
}
