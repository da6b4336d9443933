using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Takes back what <see cref="ProvisionOrganization"/> makes, half-made or whole: first the namespace with all in it, then the keys.</summary>
public sealed class RemoveOrganization : IWorkflow<RemoveOrganization.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change) = input;
        var cluster = await Compensation.UndoAsync(context, new CreateNamespace.Input(network, change.Organization, change.Cluster, change.Nodes, change.IsOrdering));
        if (cluster.Count == 0)
        {
            cluster = await Compensation.UntilGoneAsync(context, new NamespaceGone.Input(network, change.Organization, change.Cluster), Patience.ForRemoval);
        }

        var keys = await Compensation.UndoInOrderAsync(
            context,
            new IssueUsers.Input(network, change.Organization, change.MspId, change.Ca),
            new CreateAuthorities.Input(network, change.Organization, change.MspId, change.Ca));
        return [.. cluster, .. keys];
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, AddOrganization Change) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
