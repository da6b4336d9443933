using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>The start of a workflow, as a distributed engine records it. Names of fields are never changed.</summary>
/// <param name="Name">The workflow's name; a changed order of steps is another workflow.</param>
/// <param name="Subject">What it works on.</param>
/// <param name="IsCompensating">Whether it runs to its end even when its root is cancelled.</param>
/// <param name="Input">The workflow's input.</param>
/// <param name="Trace">The trace of the root (W3C <c>traceparent</c>); null for none.</param>
internal sealed record WorkflowCall(string Name, string Subject, bool IsCompensating, JsonElement Input, string? Trace = null)
{
    /// <summary>What an outcome has to name to be that of this call.</summary>
    [JsonIgnore]
    public string Key => $"{Name} {Subject}";

    /// <summary>The call of a workflow that nobody else calls; its trace begins here.</summary>
    /// <exception cref="Catalog.CatalogException">The input is too large.</exception>
    public static WorkflowCall Root(IWorkflowInput input, string instance)
    {
        var name = StepName.Of(input);
        var json = DurablePayload.Write(input, $"input of workflow \"{name}\"");
        return new(name, input.Subject, false, json, StepTrace.Root(name, instance));
    }
}
