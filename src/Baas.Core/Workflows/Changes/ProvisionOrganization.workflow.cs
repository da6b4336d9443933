using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Makes an organization's certificate authorities, users and namespace. Undone by <see cref="RemoveOrganization"/>.</summary>
public sealed class ProvisionOrganization : IWorkflow<ProvisionOrganization.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change) = input;
        await Task.WhenAll(
            context.ApplyAsync(new CreateNamespace.Input(network, change.Organization, change.Cluster, change.Nodes, change.IsOrdering)),
            CreateUsersAsync(context, network, change));
        return ChangeResult.None;
    }

    private static async Task CreateUsersAsync(IWorkflowContext context, NetworkReference network, AddOrganization change)
    {
        await context.ApplyAsync(new CreateAuthorities.Input(network, change.Organization, change.MspId, change.Ca));
        await context.ApplyAsync(new IssueUsers.Input(network, change.Organization, change.MspId, change.Ca));
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, AddOrganization Change) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
