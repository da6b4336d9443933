namespace Baas.Core.Workflows.Engine;

/// <summary>What a workflow called.</summary>
public enum CallKind
{
    /// <summary>A step.</summary>
    Step,

    /// <summary>The undoing of a step.</summary>
    Undo,

    /// <summary>A child workflow.</summary>
    Workflow,

    /// <summary>A durable timer.</summary>
    Delay,

    /// <summary>An event from outside.</summary>
    Event,
}
