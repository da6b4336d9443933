using System.Net;
using System.Net.Http.Headers;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>
/// One orderer's channel participation API (orderer/common/channelparticipation/restapi.go), on its admin port. The connection belongs to the
/// caller and has to show a client certificate.
/// </summary>
internal sealed class ChannelParticipation(NodeConnection orderer)
{
    private const string Channels = "/participation/v1/channels";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>The channels in which the orderer takes part, in whatever way.</summary>
    /// <exception cref="ParticipationRefusedException">The orderer said no.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    public async Task<IReadOnlyList<ChannelName>> ListAsync(CancellationToken cancellationToken)
    {
        const string Intent = "list channels";
        var reply = await SendAsync(HttpMethod.Get, Channels, null, cancellationToken);
        return reply.Status == HttpStatusCode.OK ? Parse(reply, Intent, ParticipationJson.ReadList) : throw Refused(reply, Intent);
    }

    /// <summary>How the orderer takes part in a channel; null when it does not.</summary>
    /// <exception cref="ParticipationRefusedException">The orderer said no.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    public async Task<ParticipationStatus?> FindAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var intent = $"look at channel \"{channel}\"";
        var reply = await SendAsync(HttpMethod.Get, PathOf(channel), null, cancellationToken);
        return reply.Status switch
        {
            HttpStatusCode.OK => Parse(reply, intent, ParticipationJson.ReadStatus),
            HttpStatusCode.NotFound when IsFromOrderer(reply) => null,
            _ => throw Refused(reply, intent),
        };
    }

    /// <summary>Makes the orderer take part in a channel; one that does already stays as it is.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="configBlock">A configuration block of the channel: the first one of a new channel.</param>
    /// <param name="cancellationToken">Gives up; the orderer may have joined nevertheless.</param>
    /// <exception cref="ParticipationRefusedException">The orderer said no; transient while it is removing the channel.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    public async Task<ParticipationStatus> JoinAsync(ChannelName channel, ReadOnlyMemory<byte> configBlock, CancellationToken cancellationToken)
    {
        var intent = $"join channel \"{channel}\"";
        using var form = FormOf(configBlock);
        var reply = await SendAsync(HttpMethod.Post, Channels, form, cancellationToken);
        return reply.Status switch
        {
            HttpStatusCode.Created => Parse(reply, intent, ParticipationJson.ReadStatus),

            // The channel is there, says the orderer; that it is this one is seen by a look.
            HttpStatusCode.MethodNotAllowed => await FindAsync(channel, cancellationToken) ?? throw Refused(reply, intent),
            _ => throw Refused(reply, intent),
        };
    }

    /// <summary>Ends the orderer's part in a channel and deletes its blocks; the absent counts as removed.</summary>
    /// <exception cref="ParticipationRefusedException">The orderer said no; transient while it is removing the channel.</exception>
    /// <exception cref="NodeUnreachableException">The orderer did not answer.</exception>
    public async Task RemoveAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(HttpMethod.Delete, PathOf(channel), null, cancellationToken);
        var isGone = reply.Status == HttpStatusCode.NoContent || (reply.Status == HttpStatusCode.NotFound && IsFromOrderer(reply));
        if (!isGone)
        {
            throw Refused(reply, $"remove channel \"{channel}\"");
        }
    }

    private static string PathOf(ChannelName channel) => $"{Channels}/{channel}";

    private static MultipartFormDataContent FormOf(ReadOnlyMemory<byte> configBlock)
    {
        var block = new ReadOnlyMemoryContent(configBlock);
        block.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { block, "config-block", "config.block" } };
    }

    // Any server knows the answer 404; only that of an orderer says that it has no such channel.
    private static bool IsFromOrderer(HttpReply reply) => ParticipationJson.IsError(reply);

    private Task<HttpReply> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) =>
        orderer.SendAsync(method, path, content, Deadline, cancellationToken);

    private TResult Parse<TResult>(HttpReply reply, string intent, Func<HttpReply, TResult> read)
    {
        try
        {
            return read(reply);
        }
        catch (FormatException failure)
        {
            throw new ParticipationRefusedException(orderer.Endpoint, intent, (int)reply.Status, failure.Message, failure);
        }
    }

    private ParticipationRefusedException Refused(HttpReply reply, string intent)
    {
        var isTransient = reply.Status switch
        {
            // A removal is under way.
            HttpStatusCode.Conflict => true,

            // The orderer says 503 only when the API is switched off, which does not pass; something before it may say it, too.
            HttpStatusCode.ServiceUnavailable => !IsFromOrderer(reply),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests => true,
            _ => false,
        };
        return new ParticipationRefusedException(orderer.Endpoint, intent, (int)reply.Status, ParticipationJson.ReadError(reply)) { IsTransient = isTransient };
    }
}
