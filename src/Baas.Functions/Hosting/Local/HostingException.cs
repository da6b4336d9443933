using Baas.Core;

namespace Baas.Functions.Hosting.Local;

/// <summary>The service cannot start as it was asked to.</summary>
/// <param name="code">Stable kebab-case code.</param>
/// <param name="message">One line for a person.</param>
/// <param name="cause">What was caught, when there was something.</param>
public sealed class HostingException(string code, string message, Exception? cause = null) : BaasException(code, message, cause);
