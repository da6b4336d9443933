using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Rolling;

/// <summary>
/// Replaces one node by one of another version, on the same volume and at the same address. It begins only while all other nodes of the
/// group work, and ends when the node has caught up. Undone by <see cref="RevertNode"/>.
/// </summary>
public sealed class RollNode : IWorkflow<RollNode.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, node) = (input.Network, input.Node);
        await NodeRolling.DemandOthersAsync(context, network, node, input.Others, input.Peers);
        var before = await context.ApplyAsync(new ReadLedgers.Input(network, node.Endpoint, node.Channels));
        await context.ApplyAsync(new RecordNodeVersion.Input(network, node.Endpoint.Node, input.Version));
        await NodeRolling.SetVersionAsync(context, network, node, input.Version, input.Limit);
        await NodeRolling.CatchUpAsync(context, network, node, before.Heights, input.Witness);
        return Nothing.Value;
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input : IWorkflowInput<Nothing>
    {
        /// <summary>The network.</summary>
        public required NetworkReference Network { get; init; }

        /// <summary>The node.</summary>
        public required RolledNode Node { get; init; }

        /// <summary>The version that it is to run.</summary>
        public required FabricVersion Version { get; init; }

        /// <summary>The other nodes of its group: all other orderers, or the other peers of its organization.</summary>
        public required IReadOnlyList<RolledNode> Others { get; init; }

        /// <summary>For an orderer: the network's peers, which endorse what shows whether the others order.</summary>
        public IReadOnlyList<RolledNode> Peers { get; init; } = [];

        /// <summary>An orderer that went on meanwhile, with which the node has to catch up; null where there is none.</summary>
        public NodeEndpoint? Witness { get; init; }

        /// <summary>How long the node may take until it answers.</summary>
        public required TimeSpan Limit { get; init; }

        /// <inheritdoc/>
        public string Subject => Node.Endpoint.Node.ToString();
    }
}
