using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>A cluster's API over HTTP.</summary>
internal sealed class KubernetesClient(ClusterSender sender) : IKubernetesApi, IDisposable
{
    private const string FieldManager = "baas";
    private const string PageSize = "500";
    private const string ApplyType = "application/apply-patch+yaml"; // JSON is YAML

    // Logs are shown to people; a line without end must not fill the memory.
    private const string MaxLogBytes = "262144";

    private static readonly byte[] DeleteInForeground = Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Foreground"}""");
    private static readonly byte[] DeleteInBackground = Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background"}""");

    /// <inheritdoc/>
    public async Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var path = ResourcePaths.WithQuery(ResourcePaths.Of(manifest.Resource), ("fieldManager", FieldManager), ("force", "true"));
        var request = ClusterRequest.About(manifest.Resource, HttpMethod.Patch, path, "apply") with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(manifest.Body),
            ContentType = ApplyType,
        };
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await ObjectAsync(request, answer, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<JsonObject?> GetAsync(ResourceReference resource, CancellationToken cancellationToken)
    {
        var request = ClusterRequest.About(resource, HttpMethod.Get, ResourcePaths.Of(resource), "get");
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ObjectAsync(request, answer, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceKind kind, string? inNamespace, string? labelSelector, CancellationToken cancellationToken)
    {
        List<JsonObject> objects = [];
        string? next = null;
        do
        {
            var page = await PageAsync(kind, inNamespace, labelSelector, next, cancellationToken);
            if (page is null)
            {
                objects.Clear(); // the pages have grown too old to go on: begin again
                next = null;
                page = await PageAsync(kind, inNamespace, labelSelector, null, cancellationToken);
            }

            objects.AddRange(ItemsOf(page!, kind)); // only a page that goes on can be too old
            next = page!["metadata"]?["continue"]?.GetValue<string>();
        }
        while (!string.IsNullOrEmpty(next));
        return objects;
    }

    /// <inheritdoc/>
    public async Task<bool> ScaleAsync(ResourceReference workload, int replicas, CancellationToken cancellationToken)
    {
        var path = ResourcePaths.WithQuery($"{ResourcePaths.Of(workload)}/scale", ("fieldManager", FieldManager));
        var request = ClusterRequest.About(workload, HttpMethod.Patch, path, "scale") with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } }),
            ContentType = "application/merge-patch+json",
        };
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await ObjectAsync(request, answer, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(ResourceReference resource, CancellationToken cancellationToken)
    {
        var request = ClusterRequest.About(resource, HttpMethod.Delete, ResourcePaths.Of(resource), "delete") with
        {
            // A workload is gone only when its pods are, so that nobody makes it anew beside them.
            Body = resource.Kind == ResourceKind.StatefulSet || resource.Kind == ResourceKind.Deployment || resource.Kind == ResourceKind.Job ? DeleteInForeground : DeleteInBackground,
        };
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }

        // 409 is also what a namespace answers that is being deleted already.
        if (answer.StatusCode != HttpStatusCode.Conflict || await GetAsync(resource, cancellationToken) is { } there && there["metadata"]?["deletionTimestamp"] is null)
        {
            throw ClusterFailures.Of(request, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceKind kind, string? inNamespace, string? labelSelector, CancellationToken cancellationToken) =>
        ClusterWatch.RunAsync(sender, kind, inNamespace, labelSelector, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> LogsAsync(string inNamespace, string pod, string? container, int tailLines, CancellationToken cancellationToken)
    {
        var resource = new ResourceReference(ResourceKind.Pod, inNamespace, pod);
        var lines = tailLines.ToString(CultureInfo.InvariantCulture);
        var path = ResourcePaths.WithQuery($"{ResourcePaths.Of(resource)}/log", ("container", container), ("tailLines", lines), ("limitBytes", MaxLogBytes));
        var request = ClusterRequest.About(resource, HttpMethod.Get, path, "read the logs of");
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? text : throw ClusterFailures.Of(request, answer.StatusCode, text);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> FollowLogsAsync(string inNamespace, string pod, string? container, int tailLines, CancellationToken cancellationToken) =>
        PodLogStream.ReadAsync(sender, new ResourceReference(ResourceKind.Pod, inNamespace, pod), container, tailLines, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> IsThereAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var path = ResourcePaths.WithQuery(ResourcePaths.Of(manifest.Resource), ("fieldManager", FieldManager), ("force", "true"), ("dryRun", "All"));
        var request = ClusterRequest.About(manifest.Resource, HttpMethod.Patch, path, "look for") with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(manifest.Body),
            ContentType = ApplyType,
        };
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return answer.IsSuccessStatusCode
            ? answer.StatusCode != HttpStatusCode.Created
            : throw ClusterFailures.Of(request, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<string> ProxyAsync(ResourceReference target, int? port, string path, CancellationToken cancellationToken)
    {
        var place = ResourcePaths.Of(target) + (port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "");
        var request = ClusterRequest.About(target, HttpMethod.Get, $"{place}/proxy/{path}", "look into");
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? text : throw ClusterFailures.Of(request, answer.StatusCode, text);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => sender.Dispose();

    /// <summary>Reads an answer that has to be an object.</summary>
    /// <exception cref="KubernetesException">The answer is no success, or no object.</exception>
    internal static async Task<JsonObject> ObjectAsync(ClusterRequest request, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw ClusterFailures.Of(request, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonNode.ParseAsync(body, cancellationToken: cancellationToken) as JsonObject ?? throw ClusterFailures.Malformed(request, null);
        }
        catch (JsonException failure)
        {
            throw ClusterFailures.Malformed(request, failure);
        }
    }

    /// <summary>One page; null when <paramref name="next"/> has grown too old.</summary>
    private async Task<JsonObject?> PageAsync(ResourceKind kind, string? inNamespace, string? labelSelector, string? next, CancellationToken cancellationToken)
    {
        var path = ResourcePaths.WithQuery(ResourcePaths.Of(kind, inNamespace), ("labelSelector", labelSelector), ("limit", PageSize), ("continue", next));
        var request = ClusterRequest.About(kind, inNamespace, path, "list");
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return next is not null && answer.StatusCode == HttpStatusCode.Gone ? null : await ObjectAsync(request, answer, cancellationToken);
    }

    private static IEnumerable<JsonObject> ItemsOf(JsonObject page, ResourceKind kind)
    {
        foreach (var item in (page["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            // Lists leave out what stands at their head.
            item["apiVersion"] ??= kind.ApiVersion;
            item["kind"] ??= kind.Kind;
            yield return item;
        }
    }
}
