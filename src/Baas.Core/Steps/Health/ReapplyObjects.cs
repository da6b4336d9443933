using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Health;

/// <summary>Applies the objects of a node, or what an organization has once, as the recorded specification asks for them.</summary>
internal sealed class ReapplyObjects(KubernetesClusters clusters, RecordStore records, ArtifactStore artifacts, WantedObjects wanted) : IStep<ReapplyObjects.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options { get; } = StepOptions.Undo; // gives up soon: the next sweep looks again

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var record = await records.GetAsync<NetworkRecord>(RecordNames.Network(input.Network), cancellationToken)
            ?? throw new StorageException("record-incomplete", $"cannot heal network \"{input.Network}\": it is not on record");
        var changes = Placement.ChangesOf(record.Record.Spec);
        foreach (var organization in changes.OfType<AddOrganization>().Where(one => one.Organization == input.Organization && input.Node is null))
        {
            var cluster = clusters.Get(organization.Cluster);
            await CheckOwnAsync(cluster.Api, input, cancellationToken);
            await cluster.Api.ApplyAllAsync(WantedObjects.OfOrganization(input.Network, organization, cluster.Options), cancellationToken);
        }

        var placements = Placement.NodesOf(input.Network, changes).Where(one => one.Place.Node.Organization == input.Organization && one.Place.Name == input.Node?.Value);
        foreach (var placement in placements)
        {
            var cluster = clusters.Get(placement.Cluster);
            await CheckOwnAsync(cluster.Api, input, cancellationToken);
            var endpoint = await artifacts.FindEndpointAsync(input.Network, placement.Place.Node, cancellationToken);
            var wished = ServiceWish.Of(await cluster.Api.GetAsync(placement.Place.Service, cancellationToken), endpoint);
            var objects = await wanted.OfNodeAsync(placement, endpoint, wished, cluster.Options, cancellationToken);

            // One after the other: a pod that does not find its Secret tries again late.
            await cluster.Api.ApplyAllAsync(objects.SkipLast(1), cancellationToken);
            await cluster.Api.ApplyAllAsync(objects.TakeLast(1), cancellationToken);
        }

        return Nothing.Value;
    }

    // A namespace that is gone took the ledgers along: that is for a restore, not for this.
    private static async Task CheckOwnAsync(IKubernetesApi api, Input input, CancellationToken cancellationToken)
    {
        var reference = NamespaceManifests.Reference(input.Network, input.Organization);
        if (await api.GetAsync(reference, cancellationToken) is not { } space || !Labels.AreOf(space, input.Network, input.Organization))
        {
            throw new KubernetesException("namespace-foreign", $"cannot heal in namespace \"{reference.Name}\": it is gone, or was not made for this organization");
        }
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Organization">Whose objects.</param>
    /// <param name="Node">The node; null for what the organization has once.</param>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, NodeName? Node) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node is null ? Organization.Value : $"{Node}.{Organization}";
    }
}
