using Baas.Core.Fabric.Transport;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>An evaluation failed: the chaincode refuses (<c>chaincode-refused</c>), or nobody runs it (<c>evaluate-failed</c>).</summary>
public sealed class EvaluateException : GatewayException
{
    internal EvaluateException(string transactionId, CallFailure failure)
        : base(failure.Refusal is null ? "evaluate-failed" : "chaincode-refused", "evaluate the call", failure, transactionId, failure.Refusal is null && GrpcException.MayPass(failure.Status, failure.Detail))
    {
    }
}
