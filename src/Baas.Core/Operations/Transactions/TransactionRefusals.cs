using Baas.Core.Fabric.Gateway.Errors;

namespace Baas.Core.Operations.Transactions;

/// <summary>Turns failures of gateways into refusals that tell the caller what to do.</summary>
internal static class TransactionRefusals
{
    /// <summary>The refusal; the code stays.</summary>
    public static RefusedException Of(BaasException failure) => failure switch
    {
        CommitException { Outcome: var outcome } => New(RefusalKind.Conflict, failure, failure.Message, outcome.TransactionId),
        CommitStatusException unknown => New(RefusalKind.TimedOut, failure, $"{failure.Message}; it may be committed nevertheless: ask for its status before you submit another one", unknown.TransactionId),
        SubmitException { IsUnknown: true } unknown => New(RefusalKind.TimedOut, failure, $"{failure.Message}; it may be committed nevertheless: ask for its status before you submit another one", unknown.TransactionId),
        GatewayException { Refusal: not null } => New(RefusalKind.Unprocessable, failure, failure.Message, null),
        EndorseException { Code: EndorseException.Unsatisfied } => New(RefusalKind.Conflict, failure, failure.Message, null),
        _ => New(failure.IsTransient ? RefusalKind.Unavailable : RefusalKind.NodeFailed, failure, failure.Message, null),
    };

    private static RefusedException New(RefusalKind kind, BaasException failure, string message, string? transaction) => new(kind, failure.Code, message) { Transaction = transaction };
}
