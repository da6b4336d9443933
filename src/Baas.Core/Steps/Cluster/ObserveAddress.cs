using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Looks for the address under which a node's Service can be reached.</summary>
internal sealed class ObserveAddress(KubernetesClusters clusters) : IStep<ObserveAddress.Input, ObserveAddress.Seen>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var cluster = clusters.Get(input.Cluster);
        var node = new PlacedNode(input.Network, input.Node, input.Role);
        var exposure = input.Exposure ?? cluster.Options.DefaultExposure;
        if (await cluster.Api.GetAsync(node.Service, cancellationToken) is not { } service)
        {
            return NotYet($"Service {node.Namespace}/{node.Name} is not there");
        }

        var nodes = ServiceAddress.NeedsNodes(exposure, cluster.Options)
            ? await cluster.Api.ListAsync(ResourceKind.Node, null, null, cancellationToken)
            : [];
        var address = ServiceAddress.Of(node, service, exposure, nodes, cluster.Options);
        if (address.Host is not { } host)
        {
            return NotYet(address.Missing);
        }

        var endpoint = new NodeEndpoint(input.Node, input.Role, host, address.Port, address.AdminPort, address.Dial);
        return new Seen(true, "", endpoint, HostsOf(node, service, host, address));
    }

    private static Seen NotYet(string detail) => new(false, detail, null, []);

    // All ways that lead to the node, whichever is advertised: clients inside the cluster may take the short one.
    private static IReadOnlyList<string> HostsOf(PlacedNode node, System.Text.Json.Nodes.JsonObject service, string host, ServiceAddress address) =>
        [.. new[] { host }.Concat(address.Addresses).Concat(node.DnsNames).Append(service.Text("spec", "clusterIP")).Where(IsHost).Distinct(StringComparer.Ordinal)];

    private static bool IsHost(string host) => host.Length > 0 && host != "None";

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, Exposure? Exposure) : IStepInput<ObserveAddress.Seen>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether the Service has its address.</param>
    /// <param name="Detail">What is missing.</param>
    /// <param name="Endpoint">The address; null until it is there.</param>
    /// <param name="Hosts">Every name and address that the TLS certificate has to carry.</param>
    public sealed record Seen(bool Holds, string Detail, NodeEndpoint? Endpoint, IReadOnlyList<string> Hosts) : Observation(Holds, Detail);
}
