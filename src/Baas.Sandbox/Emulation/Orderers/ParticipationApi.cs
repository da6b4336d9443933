using System.Text.RegularExpressions;
using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>The channel participation API of an orderer's admin endpoint.</summary>
/// <param name="node">The orderer.</param>
/// <param name="largestBody">The largest body that is accepted, in bytes.</param>
internal sealed partial class ParticipationApi(OrdererNode node, long largestBody)
{
    private const string Base = "/participation/v1/channels";

    /// <summary>Serves one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? string.Empty;
        if (path == "/participation/v1" && http.Request.Method == "GET")
        {
            http.Response.Redirect(Base);
        }
        else if (!path.StartsWith(Base, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (http.Request.Headers.Accept.ToString() is { Length: > 0 } accept && !Accepts(accept))
        {
            await ErrorAsync(http, StatusCodes.Status406NotAcceptable, "response Content-Type is application/json only");
        }
        else
        {
            await RouteAsync(http, path[Base.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static bool Accepts(string accept) => accept.Split(',').Any(kind => kind.Contains("application/json", StringComparison.Ordinal) || kind.Contains("/*", StringComparison.Ordinal));

    private Task RouteAsync(HttpContext http, string[] parts) => (http.Request.Method, parts) switch
    {
        ("GET", []) => JsonAsync(http, StatusCodes.Status200OK, new { systemChannel = (object?)null, channels = List() }),
        ("POST", []) => JoinAsync(http),
        ("PUT", []) => UpdateAsync(http),
        (_, []) => NotAllowedAsync(http, $"invalid request method: {http.Request.Method}", "GET, POST, PUT"),
        (_, [var name, ..]) when !ChannelName().IsMatch(name) => ErrorAsync(http, StatusCodes.Status400BadRequest, $"invalid channel ID: '{name}' contains illegal characters"),
        ("GET", [var name]) => InfoAsync(http, name),
        ("DELETE", [var name]) => RemoveAsync(http, name),
        ("GET", [var name, "blocks", var block]) => BlockAsync(http, name, block),
        (_, [_]) => NotAllowedAsync(http, $"invalid request method: {http.Request.Method}", "GET, DELETE"),
        (_, [_, "blocks", _]) => NotAllowedAsync(http, $"invalid request method: {http.Request.Method}", "GET"),
        _ => ErrorAsync(http, StatusCodes.Status404NotFound, "not found"),
    };

    private object[]? List()
    {
        var all = node.Channels.Select(channel => new { name = channel.Name, url = $"{Base}/{channel.Name}" }).ToArray<object>();
        return all.Length == 0 ? null : all;
    }

    private Task InfoAsync(HttpContext http, string name) => node.Find(name) is { } channel
        ? JsonAsync(http, StatusCodes.Status200OK, Info(channel))
        : ErrorAsync(http, StatusCodes.Status404NotFound, "channel does not exist");

    private Task RemoveAsync(HttpContext http, string name)
    {
        if (!node.Remove(name))
        {
            return ErrorAsync(http, StatusCodes.Status404NotFound, "cannot remove: channel does not exist");
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task BlockAsync(HttpContext http, string name, string wanted)
    {
        if (wanted is not ("newest" or "oldest" or "config") && !ulong.TryParse(wanted, out _))
        {
            return ErrorAsync(http, StatusCodes.Status400BadRequest, $"invalid block ID: '{wanted}' not equal <newest|oldest|config|(number)>");
        }

        if (node.Find(name) is not { } channel || channel.Store.Height == 0)
        {
            return ErrorAsync(http, StatusCodes.Status404NotFound, "channel does not exist");
        }

        ulong number = wanted switch
        {
            "newest" => channel.Store.Height - 1,
            "oldest" => 0,
            "config" => channel.ConfigNumber,
            _ => ulong.Parse(wanted, System.Globalization.CultureInfo.InvariantCulture),
        };
        if (number >= channel.Store.Height)
        {
            return ErrorAsync(http, StatusCodes.Status404NotFound, $"block {wanted} does not exist");
        }

        http.Response.ContentType = "application/octet-stream";
        return http.Response.Body.WriteAsync(Google.Protobuf.MessageExtensions.ToByteArray(channel.Store.Read(number)), http.RequestAborted).AsTask();
    }

    private async Task JoinAsync(HttpContext http)
    {
        try
        {
            var block = await MultipartFile.ReadAsync(http, "config-block", Block.Parser, largestBody);
            var (name, config) = JoinBlock.Judge(block);
            if (node.Join(name, config, block) is { } channel)
            {
                http.Response.Headers.Location = $"{Base}/{name}";
                await JsonAsync(http, StatusCodes.Status201Created, Info(channel));
            }
            else
            {
                await NotAllowedAsync(http, "cannot join: channel already exists", "GET, DELETE");
            }
        }
        catch (EmulationException refused)
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, refused.Message);
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        try
        {
            var update = await MultipartFile.ReadAsync(http, "config-update-envelope", Envelope.Parser, largestBody);
            var name = Blocks.Open(update).Channel.ChannelId;
            if (node.Find(name) is not { } channel)
            {
                await ErrorAsync(http, StatusCodes.Status405MethodNotAllowed, "cannot update: channel does not exist");
                return;
            }

            if (!channel.IsConsenter || channel.IsOnboarding)
            {
                await ErrorAsync(http, StatusCodes.Status403Forbidden, "cannot update: channel is not ready");
                return;
            }

            var answer = await new BroadcastService(node).AnswerAsync(update);
            await (answer.Status == Status.Success
                ? JsonAsync(http, StatusCodes.Status201Created, Info(channel))
                : ErrorAsync(http, StatusCodes.Status400BadRequest, $"cannot update: {answer.Info}"));
        }
        catch (EmulationException refused)
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, refused.Message);
        }
    }

    private static object Info(OrdererChannel channel) =>
        new { name = channel.Name, url = $"{Base}/{channel.Name}", consensusRelation = channel.Relation, status = channel.Status, height = channel.Store.Height };

    private static Task NotAllowedAsync(HttpContext http, string error, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return ErrorAsync(http, StatusCodes.Status405MethodNotAllowed, error);
    }

    private static Task ErrorAsync(HttpContext http, int status, string error) => JsonAsync(http, status, new { error });

    private static Task JsonAsync(HttpContext http, int status, object content)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(content, http.RequestAborted);
    }

    [GeneratedRegex("^[a-z][a-z0-9.-]{0,248}$")]
    private static partial Regex ChannelName();
}
