using System.Text.Json;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>Reads what the channel participation API answers (orderer/common/types).</summary>
internal static class ParticipationJson
{
    private const int LongestText = 400;

    /// <summary>The names of an orderer's channels.</summary>
    /// <exception cref="FormatException">The answer has another form.</exception>
    public static IReadOnlyList<ChannelName> ReadList(HttpReply reply) => Read(reply, root =>
    {
        var channels = root.GetProperty("channels");
        return channels.ValueKind == JsonValueKind.Null
            ? (IReadOnlyList<ChannelName>)[]
            : [.. channels.EnumerateArray().Select(channel => ChannelName.Parse(channel.GetProperty("name").GetString()!))]; // null is no name, and refused
    });

    /// <summary>How an orderer takes part in one channel.</summary>
    /// <exception cref="FormatException">The answer has another form.</exception>
    public static ParticipationStatus ReadStatus(HttpReply reply) => Read(reply, root => new ParticipationStatus(
        ChannelName.Parse(root.GetProperty("name").GetString()!), // null is no name, and refused
        root.GetProperty("consensusRelation").GetString() ?? "",
        root.GetProperty("status").GetString() ?? "",
        root.GetProperty("height").GetUInt64()));

    /// <summary>What is said of a failure.</summary>
    public static string ReadError(HttpReply reply)
    {
        // Something before the orderer may have answered: then its own words, as far as they fit on a line.
        var text = ErrorOf(reply) ?? reply.Text.ReplaceLineEndings(" ").Trim();
        return text.Length <= LongestText ? text : text[..LongestText];
    }

    /// <summary>Whether the failure has the form in which orderers tell of failures.</summary>
    public static bool IsError(HttpReply reply) => ErrorOf(reply) is not null;

    private static string? ErrorOf(HttpReply reply)
    {
        try
        {
            return Read(reply, root => root.GetProperty("error").GetString());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TResult Read<TResult>(HttpReply reply, Func<JsonElement, TResult> read)
    {
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw new FormatException("the answer is not that of a channel participation API", failure);
        }
    }
}
