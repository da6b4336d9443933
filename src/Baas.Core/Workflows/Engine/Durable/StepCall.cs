using System.Text.Json;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>One attempt of a step, as a distributed engine records it. Names of fields are never changed.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Subject">What it works on.</param>
/// <param name="IsUndo">Whether it is undone.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="Input">The step's input.</param>
internal sealed record StepCall(string Name, string Subject, bool IsUndo, int Attempt, JsonElement Input);
