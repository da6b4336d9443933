using System.Text.Json;
using Baas.Core.Health.Observations;
using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Records;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>Deletes networks, also those whose cluster was lost.</summary>
internal sealed class NetworkDeletion(RecordStore records, OperationStarter starter, NetworkLock networks, IClusterReach clusters, SpecificationOptions options)
{
    /// <summary>What a deletion is.</summary>
    public static OperationDefinition Deletion { get; } = OperationDefinition.Of(
        OperationKind.DeleteNetwork,
        LockRule.Whole(NetworkState.Deleting),
        (operation, recorded) => new DeleteNetwork.Input(operation.Network, operation.Id, recorded) { Lost = operation.Arguments?.Deserialize<LostClusters>(NetworkJson.Options) ?? LostClusters.None });

    /// <summary>Begins to delete a network.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="name">The network.</param>
    /// <param name="lost">Clusters that are gone for good; what was there is not asked for, and not deleted should one come back.</param>
    /// <param name="ifMatch">The record's tag that the caller has seen; null for any.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException">
    /// <c>network-not-found</c>, <c>network-busy</c>, <c>idempotency-key-reused</c>, <c>precondition-failed</c>, <c>cluster-unknown</c>, <c>cluster-answers</c>.
    /// </exception>
    public async Task<OperationRecord> DeleteAsync(ChangeRequest request, NetworkName name, IReadOnlyList<ClusterName> lost, string? ifMatch, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        var draft = new NetworkLock.Draft(network, OperationKind.DeleteNetwork, OnFailure.Keep)
        {
            Arguments = lost.Count == 0 ? null : JsonSerializer.SerializeToElement(new LostClusters(lost, Default is { } first && lost.Contains(first)), NetworkJson.Options),
        };
        var (operation, ended) = await networks.BeginAsync(request, draft, cancellationToken);
        if (ended)
        {
            return operation;
        }

        if (await RefusalAsync(operation, lost, cancellationToken) is { } refusal)
        {
            await starter.ForgetAsync(operation, cancellationToken);
            throw refusal;
        }

        return await networks.TakeAndStartAsync(request, operation, ifMatch, cancellationToken);
    }

    // None where the settings have no cluster any more.
    private ClusterName? Default => options.Clusters is [var first, ..] ? ClusterName.FromValid(first) : null;

    // A repetition of a request that has begun is refused by nothing.
    private async Task<RefusedException?> RefusalAsync(OperationRecord deletion, IReadOnlyList<ClusterName> lost, CancellationToken cancellationToken)
    {
        var network = (await records.GetAsync<NetworkRecord>(RecordNames.Network(deletion.Network), cancellationToken))?.Record;
        if (network is null || network.LastOperation == deletion.Id)
        {
            return null;
        }

        var used = network.Spec.Organizations.Select(organization => organization.Cluster).Append(network.Spec.Ordering.Cluster).Select(cluster => cluster ?? Default).OfType<ClusterName>().Distinct().ToList();
        foreach (var cluster in lost)
        {
            var what = $"cannot delete network \"{deletion.Network.Network}\" without cluster \"{cluster}\"";
            if (!used.Contains(cluster))
            {
                return new RefusedException(RefusalKind.Unprocessable, "cluster-unknown", $"{what}: it has nothing there; its clusters are: {string.Join(", ", used)}");
            }

            if (await clusters.AnswersAsync(cluster, cancellationToken))
            {
                return new RefusedException(RefusalKind.Conflict, "cluster-answers", $"{what}: it answers, and nodes may be at work there; delete the network as it is");
            }
        }

        return null;
    }
}
