using Baas.Core;

namespace Baas.Functions.Http;

/// <summary>A request that HTTP itself refuses, before any use case is asked.</summary>
/// <param name="status">The status of the answer.</param>
/// <param name="code">Stable code, documented in docs/errors.md.</param>
/// <param name="message">One line for a person.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class HttpProblemException(int status, string code, string message, Exception? cause = null) : BaasException(code, message, cause)
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; } = status;
}
