using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Commits single changes: to the disk, then to memory, then to those who follow. Only used under the store's lock.</summary>
internal sealed class StoreWriter(StoreState initial, ChangeHistory history, ObjectLog? log)
{
    private readonly OwnerIndex _owners = OwnerIndex.Of(initial);
    private StoreState _state = initial;

    /// <summary>All objects now.</summary>
    public StoreState State => Volatile.Read(ref _state);

    /// <summary>The objects that name the owner of that id.</summary>
    public IReadOnlyList<ObjectKey> OwnedBy(string uid) => _owners.OwnedBy(uid);

    /// <summary>Writes an object: a new one, or another version of it.</summary>
    /// <param name="key">Which object.</param>
    /// <param name="after">The object; it belongs to the store from here on and gets its resource version.</param>
    /// <exception cref="StatusException">The disk refused it; nothing has changed.</exception>
    public StoredObject Put(ObjectKey key, JsonObject after)
    {
        var before = _state.Find(key);
        var stored = Stamp(key, after);
        log?.Append(LogRecordType.Put, stored.Revision, stored.Json.Span);
        _owners.Move(key, before?.Object, after);
        Publish(before is null ? ChangeType.Added : ChangeType.Modified, before, stored, _state.With(stored));
        return stored;
    }

    /// <summary>Removes an object.</summary>
    /// <exception cref="StatusException">The disk refused it; nothing has changed.</exception>
    public StoredObject Remove(StoredObject before)
    {
        var stored = Stamp(before.Key, before.Object.Copy());
        log?.Append(LogRecordType.Delete, stored.Revision, stored.Json.Span);
        _owners.Move(before.Key, before.Object, null);
        Publish(ChangeType.Deleted, before, stored, _state.Without(before.Key, stored.Revision));
        return stored;
    }

    private StoredObject Stamp(ObjectKey key, JsonObject after)
    {
        var revision = _state.Revision + 1;
        after.Ensure("metadata")["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        return new StoredObject(key, after, ObjectJson.Write(after), revision);
    }

    private void Publish(ChangeType type, StoredObject? before, StoredObject stored, StoreState next)
    {
        Volatile.Write(ref _state, next);
        history.Publish(new ObjectChange(type, stored.Key, stored.Object, stored.Revision) { Stored = stored, Before = before });
        log?.CompactWhenLarge(next);
    }
}
