using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Kinds.Admission;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>
/// Keeps the cluster's objects. Reads take no lock and see snapshots; changes are made one at a time, admitted (names, defaults, quota, pod security), written to the
/// disk and then told to those who follow. What a read returns is shared: never modify it, <see cref="Change"/> hands out copies.
/// </summary>
internal sealed class ObjectStore : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly StoreOptions _options;
    private readonly ChangeHistory _history;
    private readonly ObjectLog? _log;
    private readonly StoreWriter _writer;
    private readonly Deletions _deletions;

    private ObjectStore(StoreOptions options, StoreState state, ObjectLog? log)
    {
        _options = options;
        _log = log;
        _history = new ChangeHistory(options.HistoryLimit);
        _history.StartAt(state.Revision);
        _writer = new StoreWriter(state, _history, log);
        _deletions = new Deletions(_writer, options.Clock);
    }

    /// <summary>All objects at the newest revision.</summary>
    public StoreState State => _writer.State;

    /// <summary>The clock of the cluster.</summary>
    public TimeProvider Clock => _options.Clock;

    /// <summary>Opens the store with what was kept before; a new one gets the namespaces that every cluster has.</summary>
    /// <exception cref="StatusException">The folder cannot be used: another process has it, or its files are of a newer version or damaged.</exception>
    public static ObjectStore Open(StoreOptions options)
    {
        var log = options.Folder is null ? null : ObjectLog.Open(options.Folder, options);
        var store = new ObjectStore(options, log?.Loaded ?? StoreState.Empty, log);
        foreach (var name in (string[])["default", "kube-system", "kube-public"])
        {
            if (store.Get(new ObjectKey(ClusterKinds.Namespaces, null, name)) is null)
            {
                store.Create(ClusterKinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
            }
        }

        return store;
    }

    /// <summary>One object as it is now; null when it does not exist.</summary>
    public JsonObject? Get(ObjectKey key) => State.Find(key)?.Object;

    /// <summary>The objects of one kind, ordered by namespace and name.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="inNamespace">One namespace; null for all.</param>
    /// <param name="selector">Which labels; null for any.</param>
    public IReadOnlyList<JsonObject> List(ObjectKind kind, string? inNamespace = null, LabelSelector? selector = null) =>
        [.. State.List(kind, inNamespace, selector).Select(stored => stored.Object)];

    /// <summary>Makes an object; its metadata names namespace and name (or generateName).</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="subject">The object; it is copied.</param>
    /// <param name="isDryRun">Says what would be made, without making it.</param>
    /// <returns>The object as stored, with defaults, uid and resource version.</returns>
    /// <exception cref="StatusException">It exists, it is invalid, its namespace is absent or being deleted, or quota or pod security forbid it.</exception>
    public JsonObject Create(ObjectKind kind, JsonObject subject, bool isDryRun = false)
    {
        var after = subject.Copy();
        lock (_gate)
        {
            var key = NewObjects.Prepare(kind, after, _options.Clock);
            if (State.Find(key) is not null)
            {
                throw Failures.AlreadyExists(key);
            }

            Admissions.AdmitNew(State, key, after);
            return isDryRun ? after : Finish(_writer.Put(key, after)).Object;
        }
    }

    /// <summary>Changes an object.</summary>
    /// <param name="key">Which object.</param>
    /// <param name="change">Gets a copy that it may modify and returns what the object shall be; null leaves it as it is. It may run long after the caller's own read, sees the newest
    /// version, runs under the store's lock and must not call the store's changing methods.</param>
    /// <param name="status">True takes nothing but the new <c>status</c>; false takes all but <c>status</c> for kinds that have it as a subresource.</param>
    /// <param name="isDryRun">Says what would become of it, without changing it.</param>
    /// <returns>The object after the change; the same as before when nothing differs; null when there is no such object.</returns>
    /// <exception cref="StatusException">The new object is invalid or forbidden, or the change itself threw it.</exception>
    public JsonObject? Change(ObjectKey key, Func<JsonObject, JsonObject?> change, bool status = false, bool isDryRun = false)
    {
        lock (_gate)
        {
            if (State.Find(key) is not { } before)
            {
                return null;
            }

            if (change(before.Object.Copy()) is not { } wanted)
            {
                return before.Object;
            }

            var after = status ? ChangedObjects.OnlyStatus(before.Object, wanted) : ChangedObjects.AllButStatus(key, before.Object, wanted);
            if (!status)
            {
                Admissions.AdmitChange(State, key, before.Object, after);
            }

            if (JsonNode.DeepEquals(before.Object, after))
            {
                return before.Object;
            }

            ChangedObjects.RaiseGeneration(key.Kind, before.Object, after);
            return isDryRun ? after : Finish(_writer.Put(key, after)).Object;
        }
    }

    /// <summary>Deletes an object, or marks it when finalizers, a pod's grace or a namespace's content hold it. The kubelet removes a pod that has ended with 0 seconds of grace.</summary>
    /// <param name="key">Which object.</param>
    /// <param name="propagation">What becomes of what it owns.</param>
    /// <param name="graceSeconds">How long a pod may take to end; null for its own setting, 0 removes it at once.</param>
    /// <param name="isExpected">Asked under the lock whether the object is the one that is meant; it may throw.</param>
    /// <returns>The last state and whether the object is gone.</returns>
    /// <exception cref="StatusException">There is no such object.</exception>
    public (JsonObject Object, bool IsGone) Delete(
        ObjectKey key, DeletePropagation propagation = DeletePropagation.Background, int? graceSeconds = null, Action<JsonObject>? isExpected = null)
    {
        lock (_gate)
        {
            var stored = State.Find(key) ?? throw Failures.NotFound(key);
            isExpected?.Invoke(stored.Object);
            Admissions.AdmitDelete(key);
            var (last, isGone) = _deletions.Delete(stored, propagation, graceSeconds);
            QuotaUsage.Refresh(_writer, key);
            return (last.Object, isGone);
        }
    }

    /// <summary>Calls for every change from now on, in order, after it is committed, never two at a time. What it throws goes to <see cref="StoreOptions.Fault"/>.</summary>
    /// <param name="kind">One kind; null for all.</param>
    /// <param name="onChange">The subscriber. It does not hold up the store, but its own next change.</param>
    /// <param name="withExisting">Whether the objects that exist already are told first, as added.</param>
    /// <returns>Ends the subscription.</returns>
    public IDisposable Subscribe(ObjectKind? kind, Action<ObjectChange> onChange, bool withExisting = false)
    {
        lock (_gate) // no change may fall between the snapshot and the first change
        {
            var state = State;
            var existing = !withExisting ? [] : (kind is null ? state.All : state.List(kind, null)).ToList();
            return ChangePump.Start(existing, _history.Follow(kind, state.Revision, null), onChange, _options.Fault);
        }
    }

    /// <summary>Follows the changes after a revision; a reader that lags too far behind is ended.</summary>
    /// <exception cref="StatusException">410: the changes since then are no longer known.</exception>
    public ChangeFollower Follow(ObjectKind kind, long after) => _history.Follow(kind, after, _options.WatchBacklog);

    /// <summary>Ends all subscriptions and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        _history.Close();
        if (_log is not null)
        {
            await _log.DisposeAsync();
        }
    }

    // What a change entails: an object whose last finalizer went is removed, and quotas count anew.
    private StoredObject Finish(StoredObject stored)
    {
        _deletions.RemoveIfReleased(stored);
        QuotaUsage.Refresh(_writer, stored.Key);
        return stored;
    }
}
