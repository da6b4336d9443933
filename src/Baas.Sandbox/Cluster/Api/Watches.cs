using System.Globalization;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Answers watches: a line of JSON for every change, until the time is over or the client goes.</summary>
internal sealed class Watches(ObjectStore store)
{
    private const int DefaultSeconds = 1800;
    private const int MaxSeconds = 86400;
    private static readonly TimeSpan BookmarkAfter = TimeSpan.FromSeconds(30);

    /// <summary>Answers one watch.</summary>
    public async Task RunAsync(ApiCall call)
    {
        var state = store.State;
        var from = call.Query("resourceVersion") is not { } text || text == "0" ? (long?)null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : throw Failures.BadRequest($"invalid resource version: {text}");
        using var follower = store.Follow(call.Kind, from ?? state.Revision);
        var feed = new WatchFeed(call, store.Clock);
        call.Http.Response.ContentType = "application/json";
        var body = call.Http.Response.BodyWriter;
        if (from is null || call.Flag("sendInitialEvents"))
        {
            var existing = from is null ? state : store.State;
            foreach (var stored in ObjectReads.Selected(call, existing))
            {
                feed.Write(body, "ADDED", stored);
            }

            if (call.Flag("sendInitialEvents"))
            {
                feed.Bookmark(body, existing.Revision, true);
            }
        }

        await call.Http.Response.StartAsync(call.Aborted);
        await body.FlushAsync(call.Aborted);
        await FollowAsync(call, follower, feed);
    }

    private async Task FollowAsync(ApiCall call, ChangeFollower follower, WatchFeed feed)
    {
        var seconds = Math.Clamp(call.Number("timeoutSeconds") ?? DefaultSeconds, 1, MaxSeconds);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, call.Aborted);
        var body = call.Http.Response.BodyWriter;
        try
        {
            while (await MoreAsync(call, follower, either.Token) is { } isMore)
            {
                if (!isMore)
                {
                    feed.Bookmark(body, store.State.Revision, false);
                }

                while (follower.Changes.TryRead(out var change))
                {
                    feed.Write(body, change);
                    if (body.UnflushedBytes > 64 * 1024)
                    {
                        await body.FlushAsync(either.Token);
                    }
                }

                await body.FlushAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the time is over, or the client has gone: both end a watch as it should
        }
    }

    // True: there are changes; false: there were none for a while; null: there will be no more.
    private static async Task<bool?> MoreAsync(ApiCall call, ChangeFollower follower, CancellationToken cancellationToken)
    {
        if (!call.Flag("allowWatchBookmarks"))
        {
            return await follower.Changes.WaitToReadAsync(cancellationToken) ? true : null;
        }

        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        pause.CancelAfter(BookmarkAfter);
        try
        {
            return await follower.Changes.WaitToReadAsync(pause.Token) ? true : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
