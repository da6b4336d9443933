using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>The kubelet's summary of volumes, <c>/api/v1/nodes/NAME/proxy/stats/summary</c>: how much lies in the folder of each claim.</summary>
internal sealed class NodeStats(ObjectStore store, string volumesFolder)
{
    /// <summary>Answers a request for the summary; false when the path leads elsewhere.</summary>
    /// <exception cref="StatusException">404: there is no such node.</exception>
    public async Task<bool> TryAnswerAsync(HttpContext http, string[] path)
    {
        if (path is not ["api", "v1", "nodes", var name, "proxy", "stats", "summary"] || !HttpMethods.IsGet(http.Request.Method))
        {
            return false;
        }

        var key = new ObjectKey(ClusterKinds.Nodes, null, name);
        _ = store.Get(key) ?? throw Failures.NotFound(key);
        var claims = store.List(ClusterKinds.PersistentVolumeClaims).ToDictionary(claim => (claim.Namespace, claim.Name));
        var pods = store.List(ClusterKinds.Pods).Where(pod => pod.Text("spec", "nodeName") == name).Select(pod => Summary(pod, claims));
        await Replies.SendAsync(http, 200, new JsonObject { ["node"] = new JsonObject { ["nodeName"] = name }, ["pods"] = new JsonArray([.. pods]) });
        return true;
    }

    private JsonObject Summary(JsonObject pod, Dictionary<(string? Namespace, string Name), JsonObject> claims)
    {
        var volumes =
            from volume in pod.Objects("spec", "volumes")
            let claimName = volume.Text("persistentVolumeClaim", "claimName")
            where claimName is not null && claims.ContainsKey((pod.Namespace, claimName))
            select Volume(volume.Text("name"), claims[(pod.Namespace, claimName)]);
        return new JsonObject
        {
            ["podRef"] = new JsonObject { ["name"] = pod.Name, ["namespace"] = pod.Namespace, ["uid"] = pod.Uid },
            ["volume"] = new JsonArray([.. volumes]),
        };
    }

    private JsonObject Volume(string? name, JsonObject claim)
    {
        var capacity = (long)(Quantity.Parse(claim.Text("spec", "resources", "requests", "storage")) ?? 0);
        var used = SizeOf(Path.Combine(volumesFolder, $"pvc-{claim.Uid}"));
        return new JsonObject
        {
            ["name"] = name,
            ["pvcRef"] = new JsonObject { ["name"] = claim.Name, ["namespace"] = claim.Namespace },
            ["capacityBytes"] = capacity,
            ["usedBytes"] = used,
            ["availableBytes"] = Math.Max(0, capacity - used),
        };
    }

    // Files come and go while they are counted.
    private static long SizeOf(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Sum(LengthOf) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
