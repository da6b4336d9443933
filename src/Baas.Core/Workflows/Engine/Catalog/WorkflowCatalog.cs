namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>All steps and workflows by name. Engines know them only through this.</summary>
internal sealed class WorkflowCatalog(IEnumerable<StepRegistration> steps, IEnumerable<WorkflowRegistration> workflows)
{
    private readonly Dictionary<string, StepRegistration> _steps = ByName(steps, step => step.Name, step => step.Type);
    private readonly Dictionary<string, WorkflowRegistration> _workflows = ByName(workflows, workflow => workflow.Name, workflow => workflow.Type);

    /// <summary>The names of the registered steps.</summary>
    public IReadOnlyCollection<string> Steps => _steps.Keys;

    /// <summary>The names of the registered workflows.</summary>
    public IReadOnlyCollection<string> Workflows => _workflows.Keys;

    /// <summary>The step of this name.</summary>
    /// <exception cref="CatalogException">There is none.</exception>
    public StepRegistration Step(string name) =>
        _steps.TryGetValue(name, out var step) ? step : throw new CatalogException(CatalogException.StepUnknown, $"cannot run step \"{name}\": it is not registered");

    /// <summary>The workflow of this name.</summary>
    /// <exception cref="CatalogException">There is none.</exception>
    public WorkflowRegistration Workflow(string name) =>
        _workflows.TryGetValue(name, out var workflow) ? workflow : throw new CatalogException(CatalogException.WorkflowUnknown, $"cannot run workflow \"{name}\": it is not registered");

    private static Dictionary<string, T> ByName<T>(IEnumerable<T> registrations, Func<T, string> name, Func<T, Type> type)
        where T : class
    {
        Dictionary<string, T> byName = new(StringComparer.Ordinal);
        foreach (var registration in registrations)
        {
            if (!byName.TryAdd(name(registration), registration) && type(byName[name(registration)]) != type(registration))
            {
                // The name is what histories hold, so two classes of one name could not be told apart.
                throw new InvalidOperationException($"two classes are named {name(registration)}: {type(byName[name(registration)])} and {type(registration)}");
            }
        }

        return byName;
    }
}
