using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>Follows the changes of objects of one kind.</summary>
internal static class ClusterWatch
{
    // How much longer than the server's own limit a silent watch is believed to live.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Changes from now on, until the server ends the watch.</summary>
    /// <exception cref="KubernetesException">It broke off, or the server says that it cannot go on (<c>cluster-expired</c>): list again.</exception>
    public static async IAsyncEnumerable<WatchEvent> RunAsync(
        ClusterSender sender, ResourceKind kind, string? inNamespace, string? labelSelector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = await VersionAsync(sender, kind, inNamespace, labelSelector, cancellationToken);
        var seconds = ((int)sender.Retries.WatchLimit.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var path = ResourcePaths.WithQuery(
            ResourcePaths.Of(kind, inNamespace),
            ("watch", "true"), ("labelSelector", labelSelector), ("resourceVersion", version), ("allowWatchBookmarks", "true"), ("timeoutSeconds", seconds));
        var request = ClusterRequest.About(kind, inNamespace, path, "watch");

        using var limit = new CancellationTokenSource(sender.Retries.WatchLimit + Grace, sender.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw ClusterFailures.Of(request, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(either.Token));
        while (await LineAsync(sender, request, reader, either.Token, cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                yield return Parse(sender, request, line);
            }
        }
    }

    private static async Task<string?> VersionAsync(ClusterSender sender, ResourceKind kind, string? inNamespace, string? labelSelector, CancellationToken cancellationToken)
    {
        var path = ResourcePaths.WithQuery(ResourcePaths.Of(kind, inNamespace), ("labelSelector", labelSelector), ("limit", "1"));
        var request = ClusterRequest.About(kind, inNamespace, path, "list");
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return (await KubernetesClient.ObjectAsync(request, answer, cancellationToken))["metadata"]?["resourceVersion"]?.GetValue<string>();
    }

    private static async Task<string?> LineAsync(ClusterSender sender, ClusterRequest request, StreamReader reader, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(either);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw sender.Broken(request, failure);
        }
    }

    private static WatchEvent Parse(ClusterSender sender, ClusterRequest request, string line)
    {
        JsonNode? change;
        try
        {
            change = JsonNode.Parse(line);
        }
        catch (JsonException failure)
        {
            throw sender.Broken(request, failure); // half a line: somebody on the way has cut it off
        }

        var type = change?["type"]?.GetValue<string>();
        return type switch
        {
            "ERROR" => throw ClusterFailures.OfEvent(request, change!["object"]), // it has a type, so it is there
            not null when change!["object"] is JsonObject seen => new WatchEvent(type, seen),
            _ => throw ClusterFailures.Malformed(request, null),
        };
    }
}
