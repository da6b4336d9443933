using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Workflows.Renewals;

/// <summary>
/// Renews certificates of a network while it is used: users first, since Baas itself asks the nodes as one; then everything is issued, and the nodes are
/// restarted with it one by one: orderers, those that lead last, peers, servers of chaincodes. A node that does not come back is taken back to
/// what it had, and the renewal ends there.
/// </summary>
public sealed class RenewCertificates : IWorkflow<RenewCertificates.Input, RenewCertificates.Result>
{
    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            await RenewAsync(context, input);
            await ForgetAsync(context, input);
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, null), compensating: true);
            return new Result(input.Nodes.Count, input.Users.Count);
        }
        catch (WorkflowFailedException failure)
        {
            throw await EndAsync(context, input, failure.Failure, failure.Leftovers);
        }
        catch (StepFailedException failure)
        {
            throw await EndAsync(context, input, failure, []);
        }
    }

    // The network stays ready: what was renewed works, and what was not works as before.
    private static async Task<WorkflowFailedException> EndAsync(IWorkflowContext context, Input input, StepFailedException failure, IReadOnlyList<Leftover> leftovers)
    {
        var failed = new WorkflowFailedException(failure, [.. leftovers, .. await ForgetAsync(context, input)]);
        await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, WorkflowFailure.Of(failed)), compensating: true);
        return failed;
    }

    private static async Task RenewAsync(IWorkflowContext context, Input input)
    {
        foreach (var user in input.Users)
        {
            await context.ApplyAsync(new RenewUser.Input(input.Network, user.Organization, user.User, user.Fingerprint, CaOf(input, user.Organization)));
        }

        Dictionary<NodeReference, string> serials = [];
        foreach (var node in input.Nodes)
        {
            if ((await context.ApplyAsync(PreparationOf(input, node))).SerialNumber is { } serial)
            {
                serials.Add(node.Node, serial);
            }
        }

        if (serials.Count > 0)
        {
            var endpoints = await context.ApplyAsync(new ReadEndpoints.Input(input.Network));
            var versions = await context.ApplyAsync(new ReadNodeVersions.Input(input.Network));
            await new Renewal(context, input, RolledNode.In(input.Spec, endpoints.Nodes), versions.Versions, serials).RunAsync();
        }
    }

    /// <summary>What was kept for the way back is not needed any more. Never throws: what stays is told.</summary>
    private static Task<IReadOnlyList<Leftover>> ForgetAsync(IWorkflowContext context, Input input) =>
        Compensation.UndoInOrderAsync(context, [.. input.Nodes.Select(node => PreparationOf(input, node))]);

    private static PrepareRenewal.Input PreparationOf(Input input, RenewedNode node) =>
        new(input.Network, input.Operation, node.Node, node.Role, node.Fingerprint, CaOf(input, node.Node.Organization), node.KeepsSigning);

    private static CaSpec CaOf(Input input, OrganizationName organization) => input.Spec.CaOf(organization) ?? new CaSpec();

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Spec">What is on record of the network.</param>
    /// <param name="Nodes">The nodes whose certificates are renewed.</param>
    /// <param name="Users">The users whose certificates are renewed.</param>
    /// <param name="NodeLimit">How long a node may take until it answers.</param>
    public sealed record Input(
        NetworkReference Network, OperationId Operation, NetworkSpec Spec, IReadOnlyList<RenewedNode> Nodes, IReadOnlyList<RenewedUser> Users, TimeSpan NodeLimit) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Nodes">How many nodes have new certificates.</param>
    /// <param name="Users">How many users have.</param>
    public sealed record Result(int Nodes, int Users);
}
