using Baas.Core;

namespace Baas.Testing.Engines;

/// <summary>A failure of a step of a contract test, with the code <c>probe-failed</c>.</summary>
public sealed class ProbeException : BaasException
{
    public ProbeException(bool isTransient, int attempt)
        : base("probe-failed", $"cannot run step \"Work\": the test lets attempt {attempt} fail") => IsTransient = isTransient;
}
