namespace Baas.Core.Workflows.Engine;

/// <summary>The engine that runs the workflows cannot be asked now (<c>engine-unavailable</c>). Transient; what runs is not lost.</summary>
internal sealed class EngineUnavailableException : BaasException
{
    /// <summary>Says that an instance was asked for in vain.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="reason">What came instead of an answer.</param>
    /// <param name="cause">What was caught.</param>
    public EngineUnavailableException(string instance, string reason, Exception cause)
        : base("engine-unavailable", $"cannot ask the engine for instance \"{instance}\": {reason.ReplaceLineEndings(" ")}", cause) => IsTransient = true;
}
