using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Answers of chaincodes.</summary>
internal static class Responses
{
    /// <summary>Success with a message as payload.</summary>
    public static Response Ok(IMessage? payload = null) => Ok(payload?.ToByteString() ?? ByteString.Empty);

    /// <summary>Success with bytes as payload.</summary>
    public static Response Ok(ByteString payload) => new() { Status = 200, Payload = payload };

    /// <summary>A refusal.</summary>
    public static Response Error(string message, int status = 500) => new() { Status = status, Message = message };
}
