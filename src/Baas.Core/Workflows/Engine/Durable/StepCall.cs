using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>One attempt of a step, as a distributed engine records it. Names of fields are never changed.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Subject">What it works on.</param>
/// <param name="IsUndo">Whether it is undone.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="Input">The step's input.</param>
/// <param name="Trace">The trace to which it belongs (W3C <c>traceparent</c>); null for none.</param>
internal sealed record StepCall(string Name, string Subject, bool IsUndo, int Attempt, JsonElement Input, string? Trace = null)
{
    /// <summary>What an outcome has to name to be that of this call.</summary>
    [JsonIgnore]
    public string Key => $"{(IsUndo ? "undo " : "")}{Name} {Subject}";
}
