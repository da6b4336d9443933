using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Health.Observations;
using Baas.Core.Kubernetes;

namespace Baas.Core.Steps.Health;

/// <summary>How full the volumes of a cluster are, by the summaries of its kubelets.</summary>
/// <param name="volumes">By namespace and claim.</param>
internal sealed class VolumeStats(IReadOnlyDictionary<(string Namespace, string Claim), VolumeObservation> volumes)
{
    /// <summary>Asks the kubelets. A cluster that does not let Baas ask them tells nothing, which is no fault: the fill levels are unknown then.</summary>
    public static async Task<VolumeStats> ReadAsync(IKubernetesApi api, IReadOnlyList<JsonObject> nodes, CancellationToken cancellationToken)
    {
        var summaries = await Task.WhenAll(nodes.Select(node => SummaryAsync(api, node.Text("metadata", "name"), cancellationToken)));
        Dictionary<(string, string), VolumeObservation> found = [];
        foreach (var volume in summaries.SelectMany(summary => summary.Objects("pods")).SelectMany(pod => pod.Objects("volume")))
        {
            var claim = (volume.Text("pvcRef", "namespace"), volume.Text("pvcRef", "name"));
            if (claim.Item2.Length > 0 && volume.Number("usedBytes") is { } used && volume.Number("capacityBytes") is { } capacity)
            {
                found[claim] = new VolumeObservation(used, capacity);
            }
        }

        return new VolumeStats(found);
    }

    /// <summary>How full a claim's volume is; null when nobody tells.</summary>
    public VolumeObservation? Find(ResourceReference claim) => volumes.GetValueOrDefault((claim.Namespace ?? "", claim.Name));

    private static async Task<JsonNode?> SummaryAsync(IKubernetesApi api, string node, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await api.ProxyAsync(new ResourceReference(ResourceKind.Node, null, node), null, "stats/summary", cancellationToken));
        }
        catch (Exception refusal) when (refusal is KubernetesException or JsonException)
        {
            return null; // no right, or no such summary
        }
    }
}
