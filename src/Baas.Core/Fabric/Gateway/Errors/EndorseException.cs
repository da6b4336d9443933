using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>
/// A transaction was not endorsed, so nothing was submitted: the chaincode refuses (<c>chaincode-refused</c>), the peers that can be
/// had do not satisfy the policy (<c>endorsement-unsatisfied</c>), or something else fails (<c>endorse-failed</c>).
/// </summary>
public sealed class EndorseException : GatewayException
{
    /// <summary>The code when the peers that can be had do not satisfy the policy.</summary>
    public const string Unsatisfied = "endorsement-unsatisfied";

    internal EndorseException(string transactionId, CallFailure failure)
        : base(CodeOf(failure), $"endorse transaction \"{transactionId}\"", failure, transactionId, failure.Refusal is null && GrpcException.MayPass(failure.Status, failure.Detail))
    {
    }

    // internal/pkg/gateway/endorse.go and registry.go
    private static string CodeOf(CallFailure failure) => failure switch
    {
        { Refusal: not null } => "chaincode-refused",
        { Detail: var detail } when detail.Contains("no combination of peers", StringComparison.Ordinal)
            || detail.Contains("failed to find any endorsing peers for org(s)", StringComparison.Ordinal)
            || detail.Contains("failed to select a set of endorsers", StringComparison.Ordinal)
            || detail.Contains("failed to collect enough transaction endorsements", StringComparison.Ordinal) => Unsatisfied,
        _ => "endorse-failed",
    };
}
