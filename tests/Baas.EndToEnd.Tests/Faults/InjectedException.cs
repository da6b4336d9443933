using Baas.Core;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>The failure of a step that a test wants to fail.</summary>
internal sealed class InjectedException(StepCall call) : BaasException(FaultCode, $"cannot run step \"{call}\": a test wants it to fail")
{
    public const string FaultCode = "injected-fault";
}
