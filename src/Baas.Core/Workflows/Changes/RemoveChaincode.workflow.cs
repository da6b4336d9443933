using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>
/// Takes away the servers and packages of a chaincode. What is committed on a channel stays there: a definition cannot be
/// taken back, only replaced, and a network that goes takes its ledgers along.
/// </summary>
public sealed class RemoveChaincode : IWorkflow<RemoveChaincode.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var leftovers = await Task.WhenAll(input.Change.Members.Select(member => RemoveAsync(context, input, member)));
        return [.. leftovers.SelectMany(some => some)];
    }

    private static async Task<IReadOnlyList<Leftover>> RemoveAsync(IWorkflowContext context, Input input, OrganizationSpec member)
    {
        var (network, change) = input;
        var place = DeployChaincode.PlaceOf(network, change, member);
        var server = NodeAddresses.Unknown(place.Node, place.Role);
        var made = await Compensation.UndoInOrderAsync(
            context,
            new ApplyChaincodeServer.Input(network, server, change.Chaincode.Image, "", member.Cluster, ""),
            new PackageChaincode.Input(network, change.Chaincode, server));
        return [.. made, .. await NodeAddresses.ReleaseAsync(context, place)];
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, AddChaincode Change) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
