using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Baas.Core.Kubernetes;

namespace Baas.Testing.Kubernetes;

/// <summary>A cluster in memory that keeps objects and does what the steps rely on: addresses of Services, claims of StatefulSets, namespaces that take their content along.</summary>
internal sealed class FakeKubernetes : IKubernetesApi
{
    private readonly Lock _guard = new();
    private readonly Dictionary<ResourceReference, JsonObject> _objects = [];
    private readonly List<(ResourceKind Kind, string? Namespace, ChannelWriter<WatchEvent> Writer)> _watches = [];
    private readonly List<string> _requests = [];
    private int _version;
    private int _addresses;

    /// <summary>Fails a request when it gives an exception; gets the verb (<c>apply</c>, <c>get</c>, <c>list</c>, <c>delete</c>) and the object.</summary>
    public Func<string, ResourceReference, Exception?> Fail { get; set; } = (_, _) => null;

    /// <summary>Whether what is deleted stays for a while as terminating, as with finalizers.</summary>
    public bool DeletesSlowly { get; set; }

    /// <summary>Whether load balancers get an address.</summary>
    public bool HasLoadBalancer { get; set; } = true;

    /// <summary>What pods and cluster nodes answer to requests that are handed on; null for nothing.</summary>
    public Func<ResourceReference, string, string?> Proxied { get; set; } = (_, _) => null;

    /// <summary>All requests, as <c>apply StatefulSet ns/name</c>.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_guard)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>What there is, as <c>StatefulSet ns/name</c>, ordered.</summary>
    public IReadOnlyList<string> Objects
    {
        get
        {
            lock (_guard)
            {
                return [.. _objects.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The one cluster named <c>default</c>, over this API.</summary>
    public KubernetesClusters Clusters(ClusterOptions? options = null) => new([options ?? new ClusterOptions()], _ => this);

    /// <summary>Puts an object as somebody else would.</summary>
    public void Put(ResourceReference resource, JsonObject body)
    {
        lock (_guard)
        {
            var made = (JsonObject)body.DeepClone();
            FakeObjects.Metadata(made)["name"] = resource.Name;
            _objects[resource] = made;
        }
    }

    /// <summary>Changes an object in place, such as its status.</summary>
    public void Change(ResourceReference resource, Action<JsonObject> change)
    {
        lock (_guard)
        {
            change(_objects[resource]);
        }
    }

    /// <summary>An object as it stands.</summary>
    public JsonObject Stored(ResourceReference resource)
    {
        lock (_guard)
        {
            return (JsonObject)_objects[resource].DeepClone();
        }
    }

    /// <inheritdoc/>
    public Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("apply", manifest.Resource);
            if (manifest.Resource.Namespace is { } space && !_objects.ContainsKey(new ResourceReference(ResourceKind.Namespace, null, space)))
            {
                throw new KubernetesException("cluster-not-found", $"cannot apply {manifest.Resource}: namespace not found", 404);
            }

            var isNew = !_objects.TryGetValue(manifest.Resource, out var former);
            var applied = FakeObjects.Merge(manifest, former, ++_version);
            _objects[manifest.Resource] = applied;
            Complete(manifest.Resource, applied);
            Tell(isNew ? "ADDED" : "MODIFIED", manifest.Resource, applied);
            return Task.FromResult((JsonObject)applied.DeepClone());
        }
    }

    /// <inheritdoc/>
    public Task<JsonObject?> GetAsync(ResourceReference resource, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("get", resource);
            return Task.FromResult((JsonObject?)_objects.GetValueOrDefault(resource)?.DeepClone());
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JsonObject>> ListAsync(ResourceKind kind, string? inNamespace, string? labelSelector, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("list", new ResourceReference(kind, inNamespace, ""));
            var wanted = (labelSelector ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('='));
            return Task.FromResult<IReadOnlyList<JsonObject>>([.. _objects
                .Where(pair => pair.Key.Kind == kind && (inNamespace is null || pair.Key.Namespace == inNamespace))
                .Where(pair => wanted.All(label => pair.Value.Text("metadata", "labels", label[0]) == label[1]))
                .Select(pair => (JsonObject)pair.Value.DeepClone())]);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ScaleAsync(ResourceReference workload, int replicas, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("scale", workload);
            if (!_objects.TryGetValue(workload, out var there))
            {
                return Task.FromResult(false);
            }

            (there["spec"] as JsonObject ?? [])["replicas"] = replicas;
            if (there["status"] is JsonObject status)
            {
                (status["replicas"], status["readyReplicas"]) = (replicas, replicas);
            }

            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ResourceReference resource, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("delete", resource);
            if (!_objects.TryGetValue(resource, out var there))
            {
                return Task.CompletedTask;
            }

            if (DeletesSlowly)
            {
                FakeObjects.Metadata(there)["deletionTimestamp"] = "2030-01-01T00:00:00Z";
                return Task.CompletedTask;
            }

            Remove(resource, there);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(ResourceKind kind, string? inNamespace, string? labelSelector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<WatchEvent>();
        lock (_guard)
        {
            Begin("watch", new ResourceReference(kind, inNamespace, ""));
            _watches.Add((kind, inNamespace, channel.Writer));
        }

        await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    /// <inheritdoc/>
    public Task<string> LogsAsync(string inNamespace, string pod, string? container, int tailLines, CancellationToken cancellationToken) =>
        Task.FromResult(string.Concat(Printed(inNamespace, pod, tailLines).Select(line => line + "\n")));

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> FollowLogsAsync(
        string inNamespace, string pod, string? container, int tailLines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var line in Printed(inNamespace, pod, tailLines))
        {
            await Task.Yield();
            yield return line;
        }
    }

    /// <summary>What pods have printed, by <c>namespace/name</c>.</summary>
    public Dictionary<string, string[]> Logs { get; } = new(StringComparer.Ordinal);

    private IEnumerable<string> Printed(string inNamespace, string pod, int tailLines) =>
        Logs.TryGetValue($"{inNamespace}/{pod}", out var lines)
            ? lines.TakeLast(tailLines)
            : throw new KubernetesException("cluster-not-found", $"cannot read the logs of Pod \"{inNamespace}/{pod}\": not found", 404);

    /// <inheritdoc/>
    public Task<bool> IsThereAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("look", manifest.Resource);
            return Task.FromResult(_objects.ContainsKey(manifest.Resource));
        }
    }

    /// <inheritdoc/>
    public Task<string> ProxyAsync(ResourceReference target, int? port, string path, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            Begin("proxy", target);
            return Proxied(target, path) is { } text ? Task.FromResult(text) : throw new KubernetesException("cluster-not-found", $"cannot look into {target}: there is no {path}", 404);
        }
    }

    private void Begin(string verb, ResourceReference resource)
    {
        _requests.Add($"{verb} {resource}");
        if (Fail(verb, resource) is { } failure)
        {
            throw failure;
        }
    }

    // The part of the cluster's controllers.
    private void Complete(ResourceReference resource, JsonObject applied)
    {
        var metadata = FakeObjects.Metadata(applied);
        metadata["uid"] ??= $"uid-{_version}";
        metadata["creationTimestamp"] ??= "2030-01-01T00:00:00Z";
        if (resource.Kind == ResourceKind.Service && applied.Text("spec", "clusterIP").Length == 0)
        {
            FakeObjects.GiveAddress(applied, ++_addresses, HasLoadBalancer);
        }

        if (resource.Kind == ResourceKind.StatefulSet)
        {
            foreach (var claim in applied.Objects("spec", "volumeClaimTemplates"))
            {
                var name = $"{claim.Text("metadata", "name")}-{resource.Name}-0";
                _objects.TryAdd(new ResourceReference(ResourceKind.PersistentVolumeClaim, resource.Namespace, name), (JsonObject)claim.DeepClone());
            }
        }
    }

    private void Remove(ResourceReference resource, JsonObject there)
    {
        _objects.Remove(resource);
        Tell("DELETED", resource, there);
        if (resource.Kind == ResourceKind.Namespace)
        {
            foreach (var inside in _objects.Keys.Where(key => key.Namespace == resource.Name).ToArray())
            {
                _objects.Remove(inside);
            }
        }
    }

    private void Tell(string type, ResourceReference resource, JsonObject body)
    {
        foreach (var (_, _, writer) in _watches.Where(watch => watch.Kind == resource.Kind && (watch.Namespace is null || watch.Namespace == resource.Namespace)))
        {
            writer.TryWrite(new WatchEvent(type, (JsonObject)body.DeepClone()));
        }
    }
}
