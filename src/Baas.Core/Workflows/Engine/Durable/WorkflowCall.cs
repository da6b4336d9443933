using System.Text.Json;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>The start of a workflow, as a distributed engine records it. Names of fields are never changed.</summary>
/// <param name="Name">The workflow's name; a changed order of steps is another workflow.</param>
/// <param name="Subject">What it works on.</param>
/// <param name="IsCompensating">Whether it runs to its end even when its root is cancelled.</param>
/// <param name="Input">The workflow's input.</param>
internal sealed record WorkflowCall(string Name, string Subject, bool IsCompensating, JsonElement Input)
{
    /// <summary>The call of a workflow by its input.</summary>
    /// <exception cref="Catalog.CatalogException">The input is too large.</exception>
    public static WorkflowCall Of(IWorkflowInput input, bool isCompensating)
    {
        var name = StepName.Of(input);
        return new(name, input.Subject, isCompensating, DurablePayload.Write(input, $"input of workflow \"{name}\""));
    }
}
