using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Volumes;

/// <summary>The folders behind PersistentVolumeClaims. A claim is bound to a new volume as soon as it is seen and the folder goes with the claim.</summary>
/// <param name="store">The cluster's objects.</param>
/// <param name="folder">Where the volumes lie, one folder each.</param>
internal sealed class VolumeClaims(ObjectStore store, string folder)
{
    private const string Finalizer = "kubernetes.io/pvc-protection";

    private readonly Lock _lock = new();

    /// <summary>The folder of a claim, bound now when it is not yet; null when there is no such claim or it is going.</summary>
    public string? Ensure(string space, string name)
    {
        var key = new ObjectKey(ClusterKinds.PersistentVolumeClaims, space, name);
        lock (_lock)
        {
            if (store.Get(key) is not { } claim || claim.IsDeleting)
            {
                return null;
            }

            var path = FolderOf(claim);
            if (claim.Text("status", "phase") is not "Bound")
            {
                Directory.CreateDirectory(path);
                Bind(key, claim);
            }

            return path;
        }
    }

    /// <summary>Removes the folder and the volume of a claim that is going, then lets the claim go.</summary>
    /// <exception cref="IOException">The folder cannot be removed now.</exception>
    public void Remove(JsonObject claim)
    {
        lock (_lock)
        {
            var path = FolderOf(claim);
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            Removals.Discard(store, VolumeKey(claim));
            store.Change(new ObjectKey(ClusterKinds.PersistentVolumeClaims, claim.Namespace, claim.Name), WithoutFinalizer);
        }
    }

    private static JsonObject WithoutFinalizer(JsonObject claim)
    {
        var others = claim.Finalizers.Where(finalizer => finalizer != Finalizer).Select(finalizer => (JsonNode)finalizer).ToArray();
        claim.Ensure("metadata")["finalizers"] = new JsonArray(others);
        return claim;
    }

    private static ObjectKey VolumeKey(JsonObject claim) => new(ClusterKinds.PersistentVolumes, null, $"pvc-{claim.Uid}");

    private string FolderOf(JsonObject claim) => Path.Combine(folder, $"pvc-{claim.Uid}");

    private void Bind(ObjectKey key, JsonObject claim)
    {
        var volume = VolumeKey(claim);
        if (store.Get(volume) is null)
        {
            store.Create(ClusterKinds.PersistentVolumes, VolumeFor(claim, volume.Name));
        }

        store.Change(key, bound =>
        {
            bound.Ensure("spec")["volumeName"] = volume.Name;
            var finalizers = bound.Finalizers.Append(Finalizer).Distinct().Select(finalizer => (JsonNode)finalizer).ToArray();
            bound.Ensure("metadata")["finalizers"] = new JsonArray(finalizers);
            return bound;
        });
        store.Change(key, bound => WithStatus(bound, claim), status: true);
    }

    private static JsonObject WithStatus(JsonObject bound, JsonObject claim)
    {
        bound["status"] = new JsonObject
        {
            ["phase"] = "Bound",
            ["accessModes"] = claim.At("spec", "accessModes")?.DeepClone(),
            ["capacity"] = claim.At("spec", "resources", "requests")?.DeepClone(),
        };
        return bound;
    }

    private JsonObject VolumeFor(JsonObject claim, string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolume",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["accessModes"] = claim.At("spec", "accessModes")?.DeepClone(),
            ["capacity"] = claim.At("spec", "resources", "requests")?.DeepClone(),
            ["storageClassName"] = claim.Text("spec", "storageClassName") ?? "standard",
            ["persistentVolumeReclaimPolicy"] = "Delete",
            ["volumeMode"] = "Filesystem",
            ["hostPath"] = new JsonObject { ["path"] = FolderOf(claim) },
            ["claimRef"] = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "PersistentVolumeClaim",
                ["namespace"] = claim.Namespace,
                ["name"] = claim.Name,
                ["uid"] = claim.Uid,
            },
        },
        ["status"] = new JsonObject { ["phase"] = "Bound" },
    };
}
