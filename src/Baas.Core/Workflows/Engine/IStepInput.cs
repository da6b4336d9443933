using System.Text.Json.Serialization;

namespace Baas.Core.Workflows.Engine;

/// <summary>
/// The input of a step: a small record nested in the step's class, whose name is the step's name in every history.
/// It holds references, never keys or blocks.
/// </summary>
public interface IStepInput
{
    /// <summary>What the step works on, for people: <c>peer-1.org1</c>. Not part of the recorded input.</summary>
    [JsonIgnore]
    string Subject { get; }
}
