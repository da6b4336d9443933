using System.Globalization;
using System.Text.RegularExpressions;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Google.Protobuf;
using RpcStatus = Baas.Core.Fabric.Protos.Rpc.Status;

namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>A call of a gateway that failed, and what is known of it.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What the gateway says.</param>
/// <param name="Details">What each node said.</param>
/// <param name="MayBeOrdered">Whether a submitted transaction may be with an orderer. Only answers that say that nobody has taken it count as a no.</param>
/// <param name="Cause">What was caught.</param>
internal sealed partial record CallFailure(GrpcStatus Status, string Detail, IReadOnlyList<GatewayErrorDetail> Details, bool MayBeOrdered, BaasException Cause)
{
    private const string OrdererRefused = "received unsuccessful response from orderer";
    private const string NoOrderers = "no orderer nodes available";

    /// <summary>Whether a peer is not there, goes away, or says that others are not there: another peer may do better.</summary>
    public bool IsAbsence => Status is GrpcStatus.Unavailable || Cause.InnerException is HttpRequestException or IOException;

    /// <summary>What the chaincode said, when it was the chaincode that refused.</summary>
    public ChaincodeRefusal? Refusal => Details.Select(detail => detail.Message).Append(Detail).Select(RefusalIn).FirstOrDefault(found => found is not null);

    /// <summary>Whether this is a failed call.</summary>
    public static bool IsOne(BaasException failure) => failure is GrpcException or NodeUnreachableException or NodeUntrustedException;

    /// <summary>The failure of a call, with what is known of the calls to other gateways before it.</summary>
    public static CallFailure Of(NodeEndpoint peer, BaasException failure, CallFailure? before)
    {
        var (status, detail, said) = failure is GrpcException call ? (call.Status, call.Detail, DetailsIn(call.StatusDetails)) : (GrpcStatus.Unavailable, failure.Message, []);
        var own = said.Count > 0 ? said : [new GatewayErrorDetail(peer.Address, "", detail)];
        var mayBeOrdered = before?.MayBeOrdered == true || (failure is GrpcException && !IsRefusal(status, detail, said));
        return new CallFailure(status, detail, before is null ? own : [.. before.Details.Union(own)], mayBeOrdered, failure);
    }

    // internal/pkg/gateway/submit.go: what it says when no orderer has the transaction.
    private static bool IsRefusal(GrpcStatus status, string detail, IReadOnlyList<GatewayErrorDetail> said) => status switch
    {
        GrpcStatus.InvalidArgument or GrpcStatus.FailedPrecondition or GrpcStatus.NotFound or GrpcStatus.PermissionDenied or GrpcStatus.Unauthenticated => true,
        GrpcStatus.Unimplemented or GrpcStatus.ResourceExhausted or GrpcStatus.Aborted => true,
        GrpcStatus.Unavailable => detail.Contains(NoOrderers, StringComparison.Ordinal)
            || (said.Count > 0 && said.All(one => one.Message.StartsWith(OrdererRefused, StringComparison.Ordinal))),
        _ => false,
    };

    private static IReadOnlyList<GatewayErrorDetail> DetailsIn(ByteString status)
    {
        try
        {
            return [.. RpcStatus.Parser.ParseFrom(status).Details.Where(any => any.TypeUrl.EndsWith("/gateway.ErrorDetail", StringComparison.Ordinal))
                .Select(any => ErrorDetail.Parser.ParseFrom(any.Value)).Select(detail => new GatewayErrorDetail(detail.Address, detail.MspId, detail.Message))];
        }
        catch (InvalidProtocolBufferException)
        {
            return []; // the status and its message say enough
        }
    }

    private static ChaincodeRefusal? RefusalIn(string message) => ChaincodeResponse().Match(message) is { Success: true } found
        ? new ChaincodeRefusal(int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture), found.Groups[2].Value)
        : null;

    // internal/pkg/gateway/apiutils.go: what a chaincode says is told like this, what a peer says is not.
    [GeneratedRegex(@"chaincode response (\d{1,9}), (.*)", RegexOptions.Singleline)]
    private static partial Regex ChaincodeResponse();
}
