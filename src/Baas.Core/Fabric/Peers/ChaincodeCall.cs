using Google.Protobuf;

namespace Baas.Core.Fabric.Peers;

/// <summary>What a peer is asked to run.</summary>
/// <param name="Channel">The channel; empty for what concerns the peer alone.</param>
/// <param name="Chaincode">The chaincode, perhaps a system chaincode.</param>
/// <param name="Arguments">The function's name and its arguments.</param>
internal sealed record ChaincodeCall(string Channel, string Chaincode, IReadOnlyList<ByteString> Arguments)
{
    /// <summary>Whether this is the call that a chaincode with an init asks for. The default is no.</summary>
    public bool IsInit { get; init; }

    /// <summary>What endorsers are told but the ledger never sees. The default is nothing.</summary>
    public IReadOnlyDictionary<string, ByteString> Transient { get; init; } = new Dictionary<string, ByteString>();

    /// <summary>A call with texts as arguments.</summary>
    public static ChaincodeCall Of(string channel, string chaincode, string function, params IEnumerable<string> arguments) =>
        new(channel, chaincode, [ByteString.CopyFromUtf8(function), .. arguments.Select(ByteString.CopyFromUtf8)]);

    /// <summary>A call with one message as its argument.</summary>
    public static ChaincodeCall Of(string channel, string chaincode, string function, IMessage argument) =>
        new(channel, chaincode, [ByteString.CopyFromUtf8(function), argument.ToByteString()]);
}
