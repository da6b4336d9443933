namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>A step by name, with its types hidden behind JSON.</summary>
internal abstract class StepRegistration(Type type)
{
    /// <summary>The step's class.</summary>
    public Type Type { get; } = type;

    /// <summary>Its name in histories.</summary>
    public string Name => Type.Name;

    /// <summary>How applying is tried again.</summary>
    public abstract StepOptions Options { get; }

    /// <summary>How undoing is tried again.</summary>
    public abstract StepOptions UndoOptions { get; }

    /// <summary>Whether there is anything to undo.</summary>
    public abstract bool IsUndoable { get; }

    /// <summary>Applies the step once, on a new instance of its class.</summary>
    /// <returns>The output as JSON.</returns>
    public abstract Task<string> ApplyAsync(IServiceProvider services, string input, CancellationToken cancellationToken);

    /// <summary>Undoes the step once; does nothing when there is nothing to undo.</summary>
    public abstract Task UndoAsync(IServiceProvider services, string input, CancellationToken cancellationToken);
}
