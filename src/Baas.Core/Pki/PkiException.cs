namespace Baas.Core.Pki;

/// <summary>A certificate or certificate authority could not be made or used.</summary>
/// <param name="code">Stable code.</param>
/// <param name="message">One line, without keys.</param>
/// <param name="cause">What was caught.</param>
public sealed class PkiException(string code, string message, Exception? cause = null) : BaasException(code, message, cause);
