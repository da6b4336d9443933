namespace Baas.Core;

/// <summary>Root of every failure this system raises on purpose.</summary>
/// <param name="code">Stable kebab-case code, documented in docs/errors.md.</param>
/// <param name="message">One line, <c>cannot &lt;verb&gt; &lt;kind&gt; "&lt;name&gt;": &lt;cause&gt;</c>, without secrets.</param>
/// <param name="cause">What was caught, when there was something.</param>
public abstract class BaasException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Stable, documented in docs/errors.md; what clients and retries look at.</summary>
    public string Code { get; } = code;

    /// <summary>Whether the same call may succeed later. The default is <see langword="false"/>.</summary>
    public bool IsTransient { get; init; }
}
