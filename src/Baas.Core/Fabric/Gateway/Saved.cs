using Google.Protobuf;

namespace Baas.Core.Fabric.Gateway;

/// <summary>Reads what a client has kept between two steps.</summary>
internal static class Saved
{
    /// <summary>The message in the bytes.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static TMessage Read<TMessage>(ReadOnlyMemory<byte> bytes, MessageParser<TMessage> parser)
        where TMessage : IMessage<TMessage>
    {
        try
        {
            return parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new FormatException($"the bytes are no {typeof(TMessage).Name}: {failure.Message}", failure);
        }
    }
}
