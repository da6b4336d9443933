using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Makes an organization's namespace with quota, limits and network policies; refuses a namespace of somebody else.</summary>
internal sealed class CreateNamespace(KubernetesClusters clusters) : IUndoableStep<CreateNamespace.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, organization, _, nodes, isOrdering) = input;
        var cluster = clusters.Get(input.Cluster);
        var reference = NamespaceManifests.Reference(network, organization);
        if (await cluster.Api.GetAsync(reference, cancellationToken) is { } there && !Labels.AreOf(there, network, organization))
        {
            throw new KubernetesException("namespace-foreign", $"cannot create namespace \"{reference.Name}\": the cluster has one that was not made for this organization");
        }

        var role = isOrdering ? NodeRole.Orderer : NodeRole.Peer;
        await cluster.Api.ApplyAllAsync([NamespaceManifests.Namespace(network, organization, role)], cancellationToken);
        var pull = await PullSecretAsync(cluster.Options, network, organization, cancellationToken);
        await cluster.Api.ApplyAllAsync([.. NamespaceManifests.Content(network, organization, role, nodes, cluster.Options), .. pull], cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        var api = clusters.Get(input.Cluster).Api;
        var reference = NamespaceManifests.Reference(input.Network, input.Organization);
        if (await api.GetAsync(reference, cancellationToken) is { } there && Labels.AreOf(there, input.Network, input.Organization))
        {
            await api.DeleteAsync(reference, cancellationToken); // and all that is in it
        }
    }

    private static async Task<IReadOnlyList<Manifest>> PullSecretAsync(
        ClusterOptions cluster, NetworkReference network, OrganizationName organization, CancellationToken cancellationToken)
    {
        if (cluster is not { ImagePullDockerConfig: { } path, ImagePullSecret: { } name })
        {
            return [];
        }

        try
        {
            return [NamespaceManifests.PullSecret(network, organization, name, await File.ReadAllTextAsync(path, cancellationToken))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesException("pull-secret-unreadable", $"cannot read Docker config \"{path}\" of cluster \"{cluster.Name}\": {failure.GetType().Name}", cause: failure);
        }
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Organization">The organization.</param>
    /// <param name="Cluster">The cluster; the default one when null.</param>
    /// <param name="Nodes">How many pods it is to hold.</param>
    /// <param name="IsOrdering">Whether it runs orderers, otherwise peers.</param>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, ClusterName? Cluster, int Nodes, bool IsOrdering) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Organization.Value;
    }
}
