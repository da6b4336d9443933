using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>A call of a gateway failed; the subclass tells in which phase.</summary>
public abstract class GatewayException : BaasException
{
    private protected GatewayException(string code, string intent, CallFailure failure, string? transactionId, bool isTransient)
        : base(code, $"cannot {intent}: {Line(failure)}", failure.Cause)
    {
        (TransactionId, Failure) = (transactionId, failure);
        IsTransient = isTransient;
    }

    /// <summary>The transaction; null when the call is about none.</summary>
    public string? TransactionId { get; }

    /// <summary>How the call ended.</summary>
    public GrpcStatus Status => Failure.Status;

    /// <summary>What each node said, as far as the gateway tells.</summary>
    public IReadOnlyList<GatewayErrorDetail> Details => Failure.Details;

    /// <summary>What the chaincode said; null when it was not the chaincode that refused.</summary>
    public ChaincodeRefusal? Refusal => Failure.Refusal;

    internal CallFailure Failure { get; }

    // The chaincode's own words are enough; otherwise every node's.
    private static string Line(CallFailure failure)
    {
        var text = failure.Refusal?.Message ?? string.Join("; ", failure.Details.Select(detail => $"{detail}").Prepend(failure.Detail).Distinct());
        return text.ReplaceLineEndings(" ");
    }
}
