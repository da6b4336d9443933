using Baas.Core.Fabric.Protos.Gateway;
using Baas.Sandbox.Emulation.Peers;
using Baas.Sandbox.Emulation.Transport;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using RpcStatus = Baas.Core.Fabric.Protos.Rpc.Status;

namespace Baas.Sandbox.Emulation.Gateway;

/// <summary>Failures as a gateway tells them: a status, and who has said what.</summary>
internal static class GatewayFailures
{
    /// <summary>A failure that one node has caused.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">What the caller reads first.</param>
    /// <param name="node">The node that caused it.</param>
    /// <param name="mspId">Its organization.</param>
    /// <param name="cause">What it said.</param>
    public static GrpcFailure Of(GrpcStatusCode status, string message, string node, string mspId, string cause)
    {
        var details = new RpcStatus { Code = (int)status, Message = message, Details = { Any.Pack(new ErrorDetail { Address = node, MspId = mspId, Message = cause }) } };
        return new GrpcFailure(status, message) { StatusDetails = details.ToByteArray() };
    }

    /// <summary>The channel, if the peer has joined it.</summary>
    /// <exception cref="GrpcFailure">It has not.</exception>
    public static PeerChannel DemandChannel(PeerNode peer, string name) =>
        peer.Find(name) ?? throw new GrpcFailure(GrpcStatusCode.FailedPrecondition, $"channel {name} does not exist");

    /// <summary>The message, if there is one.</summary>
    /// <exception cref="GrpcFailure">There is none, or it is malformed.</exception>
    public static T Parse<T>(ByteString bytes, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return bytes.IsEmpty ? throw new GrpcFailure(GrpcStatusCode.InvalidArgument, $"a {typeof(T).Name} is required") : parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new GrpcFailure(GrpcStatusCode.InvalidArgument, $"invalid {typeof(T).Name}: {failure.Message}");
        }
    }
}
