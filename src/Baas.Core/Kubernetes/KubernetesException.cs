namespace Baas.Core.Kubernetes;

/// <summary>A cluster refused a request, or could not be reached.</summary>
/// <param name="code"><c>cluster-unreachable</c>, <c>cluster-refused</c>, <c>cluster-conflict</c>, …</param>
/// <param name="message">One line.</param>
/// <param name="status">The HTTP status; null when there was no answer.</param>
/// <param name="cause">What was caught.</param>
public sealed class KubernetesException(string code, string message, int? status = null, Exception? cause = null) : BaasException(code, message, cause)
{
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; } = status;
}
