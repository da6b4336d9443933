using Baas.Core;

namespace Baas.Sandbox;

/// <summary>The sandbox cannot do what it was asked for.</summary>
/// <param name="code">Stable kebab-case code.</param>
/// <param name="message">One line, <c>cannot &lt;verb&gt; &lt;kind&gt; "&lt;name&gt;": &lt;cause&gt;</c>.</param>
/// <param name="cause">What was caught, when there was something.</param>
public sealed class SandboxException(string code, string message, Exception? cause = null) : BaasException(code, message, cause);
