namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>A step, workflow or payload that cannot be used as asked.</summary>
internal sealed class CatalogException(string code, string message, Exception? cause = null) : BaasException(code, message, cause)
{
    /// <summary>The code of a step that is not registered.</summary>
    public const string StepUnknown = "step-unknown";

    /// <summary>The code of a workflow that is not registered.</summary>
    public const string WorkflowUnknown = "workflow-unknown";

    /// <summary>The code of an input, output or event that is too large.</summary>
    public const string PayloadTooLarge = "payload-too-large";

    /// <summary>The code of a recorded payload that does not fit its type.</summary>
    public const string PayloadUnreadable = "payload-unreadable";
}
