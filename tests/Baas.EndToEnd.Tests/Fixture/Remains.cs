using System.Text.Json.Nodes;
using Baas.Core.Storage;
using Baas.Sandbox.Cluster.Store;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>What there is of a network, counted where it lies: in the cluster's store and in the service's blobs.</summary>
/// <param name="Objects">The cluster's objects by kind, its namespaces and volumes among them.</param>
/// <param name="Blobs">The names of its blobs, its record among them.</param>
internal sealed record Remains(IReadOnlyDictionary<string, int> Objects, IReadOnlyList<string> Blobs)
{
    /// <summary>How many namespaces there are.</summary>
    public int Namespaces => Objects.GetValueOrDefault("Namespace");

    /// <summary>Whether there is nothing.</summary>
    public bool IsNothing => Objects.Count == 0 && Blobs.Count == 0;

    public static async Task<Remains> OfAsync(SandboxHost host, ServiceRun service, string network)
    {
        List<string> blobs = [];
        await foreach (var name in service.Get<IBlobStore>().ListAsync("", null, CancellationToken.None))
        {
            if ($"/{name}".Contains($"/{ServiceRun.Tenant}/{network}/", StringComparison.Ordinal) || name.EndsWith($"/{ServiceRun.Tenant}/{network}.json", StringComparison.Ordinal))
            {
                blobs.Add(name);
            }
        }

        return new Remains(ObjectsOf(host.Cluster.Store.State, ServiceRun.Tenant, network), blobs);
    }

    /// <summary>How many objects of each kind a network has. Events come and go, and say nothing.</summary>
    public static IReadOnlyDictionary<string, int> ObjectsOf(StoreState state, string tenant, string network) => state.All
        .Where(stored => stored.Key.Kind.Kind != "Event" && SpaceOf(stored).StartsWith($"{tenant}-{network}-", StringComparison.Ordinal))
        .CountBy(stored => stored.Key.Kind.Kind)
        .OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The folders of volumes that belong to no claim.</summary>
    public static IReadOnlyList<string> LostVolumes(SandboxHost host)
    {
        // In this order: a claim is there before its folder, and goes after it.
        var before = host.Cluster.Store.State;
        var folders = Directory.Exists(host.Volumes) ? Directory.GetDirectories(host.Volumes).Select(Path.GetFileName) : [];
        var claims = before.All.Concat(host.Cluster.Store.State.All)
            .Where(stored => stored.Key.Kind.Kind == "PersistentVolumeClaim")
            .Select(stored => $"pvc-{(string?)stored.Object["metadata"]?["uid"]}")
            .ToHashSet(StringComparer.Ordinal);
        return [.. folders.OfType<string>().Where(folder => !claims.Contains(folder))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Objects.Select(kind => $"{kind.Value} {kind.Key}"))}; {string.Join(", ", Blobs)}";

    private static string SpaceOf(StoredObject stored) => stored.Key switch
    {
        { Namespace: { } space } => space,
        { Kind.Kind: "Namespace" } => stored.Key.Name,
        _ => (string?)((stored.Object["spec"] as JsonObject)?["claimRef"] as JsonObject)?["namespace"] ?? "",
    };
}
