namespace Baas.Core.Workflows.Engine;

/// <summary>What becomes of a half-made thing when a step fails for good.</summary>
public enum OnFailure
{
    /// <summary>Everything that was made is undone. The default.</summary>
    Rollback,

    /// <summary>What is there stays, to be looked at and retried.</summary>
    Keep,
}
