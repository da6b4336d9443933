using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>
/// Deletes objects as Kubernetes does: marked first while finalizers, a pod's grace or a namespace's content hold them, then gone, and what they own after them.
/// Only used under the store's lock.
/// </summary>
internal sealed class Deletions(StoreWriter writer, TimeProvider clock)
{
    private const string ForegroundFinalizer = "foregroundDeletion";
    private const string OrphanFinalizer = "orphan";
    private const long DefaultGrace = 30;

    /// <summary>Deletes an object, or marks it.</summary>
    /// <param name="stored">The object.</param>
    /// <param name="propagation">What becomes of what it owns.</param>
    /// <param name="graceSeconds">How long a pod may take to end; null for its own setting, 0 removes it at once.</param>
    /// <returns>The object's last state, and whether it is gone.</returns>
    public (StoredObject Object, bool IsGone) Delete(StoredObject stored, DeletePropagation propagation, int? graceSeconds)
    {
        var after = stored.Object.Copy();
        var metadata = after.Ensure("metadata");
        AddFinalizer(metadata, stored.Key.Kind, propagation);
        var grace = GraceOf(stored, graceSeconds);
        var isHeld = grace > 0 || after.Finalizers.Any() || (stored.Key.Kind == ClusterKinds.Namespaces && writer.State.In(stored.Key.Name).Any());
        if (!isHeld)
        {
            return (Remove(stored), true);
        }

        Mark(stored.Key.Kind, after, metadata, grace);
        var marked = JsonNode.DeepEquals(after, stored.Object) ? stored : writer.Put(stored.Key, after);
        Cascade(marked);
        return (writer.State.Find(stored.Key) ?? marked, writer.State.Find(stored.Key) is null);
    }

    /// <summary>Removes an object for which nothing is held any more, such as after the last finalizer has gone.</summary>
    public void RemoveIfReleased(StoredObject stored)
    {
        var isReleased = stored.Object.IsDeleting && !stored.Object.Finalizers.Any() && (stored.Object.Number("metadata", "deletionGracePeriodSeconds") ?? 0) == 0
            && !(stored.Key.Kind == ClusterKinds.Namespaces && writer.State.In(stored.Key.Name).Any());
        if (isReleased)
        {
            Remove(stored);
        }
    }

    private StoredObject Remove(StoredObject stored)
    {
        var last = writer.Remove(stored);
        foreach (var key in writer.OwnedBy(stored.Object.Uid))
        {
            if (writer.State.Find(key) is { } owned && !HasOtherOwner(owned, stored.Object.Uid) && !owned.Object.IsDeleting)
            {
                Delete(owned, DeletePropagation.Background, null);
            }
        }

        foreach (var owner in stored.Object.Owners)
        {
            ReleaseOwner(stored.Key, owner);
        }

        if (stored.Key.Namespace is { } inside && writer.State.Find(new ObjectKey(ClusterKinds.Namespaces, null, inside)) is { } home)
        {
            RemoveIfReleased(home);
        }

        return last;
    }

    private void Cascade(StoredObject marked)
    {
        if (marked.Key.Kind == ClusterKinds.Namespaces)
        {
            foreach (var inside in writer.State.In(marked.Key.Name).ToList())
            {
                if (writer.State.Find(inside.Key) is { } still && !still.Object.IsDeleting)
                {
                    Delete(still, DeletePropagation.Background, null);
                }
            }

            return;
        }

        var finalizers = marked.Object.Finalizers.ToHashSet(StringComparer.Ordinal);
        if (finalizers.Contains(OrphanFinalizer))
        {
            Orphan(marked);
        }
        else if (finalizers.Contains(ForegroundFinalizer))
        {
            foreach (var key in writer.OwnedBy(marked.Object.Uid))
            {
                if (writer.State.Find(key) is { } owned && !HasOtherOwner(owned, marked.Object.Uid) && !owned.Object.IsDeleting)
                {
                    Delete(owned, DeletePropagation.Foreground, null);
                }
            }

            FinishForeground(marked.Key);
        }
    }

    private void Orphan(StoredObject owner)
    {
        foreach (var key in writer.OwnedBy(owner.Object.Uid))
        {
            var orphan = writer.State.Find(key)!.Object.Copy(); // the index names only what is there
            var others = orphan.Owners.Where(one => one.Text("uid") != owner.Object.Uid).Select(one => one.DeepClone()).ToArray();
            orphan.Ensure("metadata")["ownerReferences"] = new JsonArray(others);
            writer.Put(key, orphan);
        }

        DropFinalizer(owner.Key, OrphanFinalizer);
    }

    private void ReleaseOwner(ObjectKey gone, JsonObject reference)
    {
        if (ClusterKinds.Find(reference.Text("apiVersion"), reference.Text("kind")) is { } kind)
        {
            FinishForeground(new ObjectKey(kind, kind.IsNamespaced ? gone.Namespace : null, reference.Text("name") ?? ""));
        }
    }

    private void FinishForeground(ObjectKey key)
    {
        if (writer.State.Find(key) is { } owner && owner.Object.IsDeleting && owner.Object.Finalizers.Contains(ForegroundFinalizer) && writer.OwnedBy(owner.Object.Uid).Count == 0)
        {
            DropFinalizer(key, ForegroundFinalizer);
        }
    }

    private void DropFinalizer(ObjectKey key, string finalizer)
    {
        var after = writer.State.Find(key)!.Object.Copy(); // callers have just seen it
        var rest = after.Finalizers.Where(one => one != finalizer).Select(one => (JsonNode)one).ToArray();
        after.Ensure("metadata").Remove("finalizers");
        if (rest.Length > 0)
        {
            after.Ensure("metadata")["finalizers"] = new JsonArray(rest);
        }

        RemoveIfReleased(writer.Put(key, after));
    }

    private bool HasOtherOwner(StoredObject owned, string uid) =>
        owned.Object.Owners.Any(owner => owner.Text("uid") != uid
            && ClusterKinds.Find(owner.Text("apiVersion"), owner.Text("kind")) is { } kind
            && writer.State.Find(new ObjectKey(kind, kind.IsNamespaced ? owned.Key.Namespace : null, owner.Text("name") ?? ""))?.Object.Uid == owner.Text("uid"));

    private static void AddFinalizer(JsonObject metadata, ObjectKind kind, DeletePropagation propagation)
    {
        var finalizer = propagation switch
        {
            DeletePropagation.Foreground => ForegroundFinalizer,
            DeletePropagation.Orphan => OrphanFinalizer,
            _ => null,
        };
        if (finalizer is null || kind == ClusterKinds.Namespaces || metadata.Texts("finalizers").Contains(finalizer))
        {
            return;
        }

        JsonNode[] all = [.. metadata.Texts("finalizers").Append(finalizer).Select(one => (JsonNode)one)];
        metadata["finalizers"] = new JsonArray(all);
    }

    private void Mark(ObjectKind kind, JsonObject after, JsonObject metadata, long grace)
    {
        var now = clock.GetUtcNow();
        if (!after.IsDeleting)
        {
            metadata["deletionTimestamp"] = Meta.Time(now.AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
            if (kind.HasGeneration)
            {
                metadata["generation"] = (metadata.Number("generation") ?? 1) + 1;
            }
        }
        else if (kind == ClusterKinds.Pods && grace < (metadata.Number("deletionGracePeriodSeconds") ?? 0))
        {
            metadata["deletionTimestamp"] = Meta.Time(now.AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
        }

        if (kind == ClusterKinds.Namespaces)
        {
            after.Ensure("status")["phase"] = "Terminating";
        }
    }

    // Only a pod that runs somewhere needs time to end.
    private static long GraceOf(StoredObject stored, int? graceSeconds)
    {
        if (stored.Key.Kind != ClusterKinds.Pods || string.IsNullOrEmpty(stored.Object.Text("spec", "nodeName")) || stored.Object.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return 0;
        }

        return graceSeconds ?? stored.Object.Number("metadata", "deletionGracePeriodSeconds") ?? stored.Object.Number("spec", "terminationGracePeriodSeconds") ?? DefaultGrace;
    }
}
