using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>One method of a gRPC service.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TResponse">What comes back.</typeparam>
/// <param name="Path">Such as <c>/protos.Endorser/ProcessProposal</c>.</param>
/// <param name="Parser">Reads an answer.</param>
internal sealed record GrpcMethod<TRequest, TResponse>(string Path, MessageParser<TResponse> Parser)
    where TRequest : IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
