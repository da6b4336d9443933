namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>A workflow by name, with its types hidden behind JSON.</summary>
internal abstract class WorkflowRegistration(Type type)
{
    /// <summary>The workflow's class.</summary>
    public Type Type { get; } = type;

    /// <summary>Its name in histories.</summary>
    public string Name => Type.Name;

    /// <summary>Runs the workflow from its start against <paramref name="context"/>.</summary>
    /// <returns>The result as JSON.</returns>
    public abstract Task<string> RunAsync(IWorkflowContext context, string input);
}
