using System.Net;
using Baas.Core.Networks;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>
/// The part that all nodes share: Service, address as observed, certificates for that address. Addresses come first, since a
/// TLS certificate has to carry every name and address under which the node is advertised.
/// </summary>
internal static class NodeAddresses
{
    /// <summary>Gives a node its address and certificates.</summary>
    /// <returns>The endpoint, and the fingerprint of its certificates.</returns>
    public static async Task<(NodeEndpoint Endpoint, string Fingerprint)> PrepareAsync(IWorkflowContext context, NodePlace place)
    {
        await context.ApplyAsync(new ApplyNodeService.Input(place.Network, place.Node, place.Role, place.Cluster, place.Exposure));
        var seen = await context.UntilAsync(
            new ObserveAddress.Input(place.Network, place.Node, place.Role, place.Cluster, place.Exposure), Patience.ForAddresses);
        var endpoint = EndpointOf(place, seen);
        var issued = await context.ApplyAsync(new IssueNodeCertificates.Input(place.Network, place.Node, place.MspId, place.Role, place.Ca, [.. seen.Hosts.Append(endpoint.Host).Distinct(StringComparer.Ordinal)]));
        await context.ApplyAsync(new RecordEndpoint.Input(place.Network, endpoint, place.MspId));
        return (endpoint, issued.Fingerprint);
    }

    private static NodeEndpoint EndpointOf(NodePlace place, ObserveAddress.Seen seen)
    {
        var endpoint = seen.Endpoint!; // an observation that holds carries it
        return place.Former is { } former ? endpoint.KnownAs(former, seen.Hosts.FirstOrDefault(host => IPAddress.TryParse(host, out _))) : endpoint;
    }

    /// <summary>Takes back what <see cref="PrepareAsync"/> makes, newest first.</summary>
    public static Task<IReadOnlyList<Leftover>> ReleaseAsync(IWorkflowContext context, NodePlace place) =>
        Compensation.UndoInOrderAsync(
            context,
            new RecordEndpoint.Input(place.Network, Unknown(place.Node, place.Role), place.MspId),
            new IssueNodeCertificates.Input(place.Network, place.Node, place.MspId, place.Role, place.Ca, []),
            new ApplyNodeService.Input(place.Network, place.Node, place.Role, place.Cluster, place.Exposure));

    /// <summary>The endpoint of a node that is being removed: only its name matters then, and a half-made node may have no address.</summary>
    public static NodeEndpoint Unknown(NodeReference node, NodeRole role) => new(node, role, "", 0, null, null);
}
