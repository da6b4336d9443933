using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>What Baas asks of one cluster.</summary>
public interface IKubernetesApi : IClusterInspection
{
    /// <summary>Server-side apply with the field manager <c>baas</c>, forced.</summary>
    /// <returns>The object as the cluster now has it.</returns>
    /// <exception cref="KubernetesException">The cluster refused, or did not answer.</exception>
    Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken);

    /// <summary>An object; null when absent.</summary>
    Task<JsonObject?> GetAsync(ResourceReference resource, CancellationToken cancellationToken);

    /// <summary>The objects of one kind, in one namespace or (null) in all, that carry the labels.</summary>
    Task<IReadOnlyList<JsonObject>> ListAsync(ResourceKind kind, string? inNamespace, string? labelSelector, CancellationToken cancellationToken);

    /// <summary>Says how many pods a workload shall have, and nothing else of it; an apply that says it takes it back.</summary>
    /// <returns>False when the workload is absent.</returns>
    Task<bool> ScaleAsync(ResourceReference workload, int replicas, CancellationToken cancellationToken);

    /// <summary>Deletes an object and what it owns; the absent counts as deleted. Does not wait.</summary>
    Task DeleteAsync(ResourceReference resource, CancellationToken cancellationToken);

    /// <summary>Changes of objects of one kind from now on; ends when the cluster ends it.</summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(ResourceKind kind, string? inNamespace, string? labelSelector, CancellationToken cancellationToken);

    /// <summary>The last lines that a container has printed.</summary>
    Task<string> LogsAsync(string inNamespace, string pod, string? container, int tailLines, CancellationToken cancellationToken);

    /// <summary>The last lines that a container has printed and those that it prints from now on; ends with the container.</summary>
    IAsyncEnumerable<string> FollowLogsAsync(string inNamespace, string pod, string? container, int tailLines, CancellationToken cancellationToken);
}
