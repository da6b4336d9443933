using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>Starts nodes whose volumes are in their place, side by side, and waits until each is as far as it was, with the same blocks.</summary>
public sealed class StartRestored : IWorkflow<StartRestored.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        var network = input.Network;
        await Task.WhenAll(input.Nodes.Select(async node =>
        {
            await context.ApplyAsync(node.Node.Apply(network, node.Endpoint, node.Fingerprint));
            foreach (var role in node.Node.At(node.Endpoint).Volumes)
            {
                await context.UntilAsync(new NodeReady.Input(network, WorkedNode.PodOf(node.Node.Node, role), node.Node.Cluster), Patience.ForPods);
            }
        }));
        await Task.WhenAll(input.Nodes.Select(node => context.UntilAsync(new LedgersReach.Input(network, node.Endpoint, node.Ledgers), Patience.ForLedgers)));
        return Nothing.Value;
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Nodes">The nodes.</param>
    public sealed record Input(NetworkReference Network, IReadOnlyList<FilledNode> Nodes) : IWorkflowInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => RestoredNode.Describe(Nodes.Select(node => node.Node));
    }
}
