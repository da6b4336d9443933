using Baas.Core.Networks;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>
/// Restarts orderers one by one. A leader remembers how far each follower was, and a follower that knows less now would stop when it is told; after
/// this no orderer leads on. Undone by <see cref="ReviveNodes"/>.
/// </summary>
public sealed class RestartNodes : IWorkflow<RestartNodes.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        foreach (var one in input.Nodes)
        {
            var node = one.At(NodeAddresses.Unknown(one.Node, one.Role));
            await NodeWork.StopAsync(context, input.Network, node);
            await NodeWork.StartAsync(context, input.Network, node);
        }

        return Nothing.Value;
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Nodes">The nodes.</param>
    public sealed record Input(NetworkReference Network, IReadOnlyList<RestoredNode> Nodes) : IWorkflowInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => RestoredNode.Describe(Nodes);
    }
}
