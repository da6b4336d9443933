namespace Baas.Core.Workflows.Engine;

/// <summary>Where a workflow, or a call in it, stands.</summary>
public enum WorkflowState
{
    /// <summary>Known, not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended with a failure.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Canceled,
}
