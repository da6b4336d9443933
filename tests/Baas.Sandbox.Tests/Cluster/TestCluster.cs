using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing;

namespace Baas.Sandbox.Tests.Cluster;

/// <summary>A cluster of one test: store and control plane without the API, with a runtime of its own.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string Space = "test";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TestFolder _folder = new();
    private readonly TimeProvider _clock;
    private ControlPlane _plane;

    public TestCluster(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        (Store, _plane) = Open();
        Store.Create(ClusterKinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = Space } });
    }

    public ObjectStore Store { get; private set; }

    public FakeRuntime Runtime { get; private set; } = new();

    public Sandbox.Cluster.Kubelet.IPodLogs Logs => _plane.Logs;

    public string VolumesFolder => _folder.In("volumes");

    public string PodsFolder => _folder.In("pods");

    public static ObjectKey Key(ObjectKind kind, string name) => new(kind, Space, name);

    /// <summary>Ends the cluster and starts it again with what it kept.</summary>
    public async Task RestartAsync()
    {
        await _plane.DisposeAsync();
        await Store.DisposeAsync();
        Runtime = new FakeRuntime { Status = Runtime.Status };
        (Store, _plane) = Open();
    }

    public JsonObject Create(ObjectKind kind, string json)
    {
        var subject = JsonNode.Parse(json)!.AsObject();
        subject.Ensure("metadata")["namespace"] = Space;
        return Store.Create(kind, subject);
    }

    public JsonObject? Change(ObjectKind kind, string name, Action<JsonObject> change) => Store.Change(Key(kind, name), subject =>
    {
        change(subject);
        return subject;
    });

    public JsonObject? Get(ObjectKind kind, string name) => Store.Get(Key(kind, name));

    public async Task<JsonObject> UntilAsync(ObjectKind kind, string name, Func<JsonObject, bool> holds)
    {
        var found = await UntilAsync(() => Get(kind, name) is { } subject && holds(subject) ? subject : null, () => $"{kind}/{name}: {Get(kind, name)?.ToJsonString()}");
        return found;
    }

    public Task<JsonObject> UntilReadyAsync(string pod) => UntilAsync(ClusterKinds.Pods, pod, PodStates.IsReady);

    public Task UntilGoneAsync(ObjectKey key) => UntilAsync(() => Store.Get(key) is null ? this : null, () => $"{key} is still there: {Store.Get(key)?.ToJsonString()}");

    public Task<JsonObject> UntilEventAsync(string reason) =>
        UntilAsync(() => Store.List(ClusterKinds.Events).FirstOrDefault(known => known.Text("reason") == reason), () => $"no event {reason}");

    /// <summary>Waits for changes of the store until something is found.</summary>
    public async Task<T> UntilAsync<T>(Func<T?> find, Func<string> why)
        where T : class
    {
        var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (find() is { } value)
            {
                found.TrySetResult(value);
            }
        }

        using var subscription = Store.Subscribe(null, _ => Look());
        Look();
        try
        {
            return await found.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(why());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private (ObjectStore Store, ControlPlane Plane) Open()
    {
        var store = ObjectStore.Open(new StoreOptions { Folder = _folder.In("objects"), Clock = _clock });
        return (store, ControlPlane.Start(store, new SandboxOptions { DataFolder = _folder.Path, Runtimes = [Runtime], Clock = _clock }, _folder.Path));
    }
}
