using Baas.Core.Archives.Agents;
using Baas.Core.Steps.Backups;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>
/// Takes back what <see cref="FillVolumes"/>, <see cref="SwapVolumes"/> and <see cref="RestartNodes"/> do to nodes that were there before: what was put together is removed, what is there stays, and the nodes run.
/// A volume that was being put in its place goes all the way.
/// </summary>
public sealed class ReviveNodes : IWorkflow<ReviveNodes.Input, IReadOnlyList<Leftover>>
{
    private static readonly Patience ForDiscarding = new(TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var (filled, restarted) = input;
        var leftovers = await Task.WhenAll(filled.Nodes.Select(node => ReviveAsync(context, filled, node)));
        var others = restarted.Select(other => NodeWork.ReviveAsync(context, filled.Network, other.At(NodeAddresses.Unknown(other.Node, other.Role))));
        return [.. leftovers.SelectMany(some => some), .. (await Task.WhenAll(others)).SelectMany(some => some)];
    }

    private static async Task<IReadOnlyList<Leftover>> ReviveAsync(IWorkflowContext context, FillVolumes.Input restored, RestoredNode node)
    {
        List<Leftover> leftovers = [];
        foreach (var verb in new[] { AgentVerb.Unpack, AgentVerb.Swap })
        {
            leftovers.AddRange(await Compensation.UndoInOrderAsync(context, [.. FillVolumes.AgentsOf(restored, node, verb)]));
        }

        foreach (var agent in FillVolumes.AgentsOf(restored, node, AgentVerb.Discard))
        {
            leftovers.AddRange(await DiscardAsync(context, restored, node, agent));
        }

        return [.. leftovers, .. await NodeWork.ReviveAsync(context, restored.Network, node.At(NodeAddresses.Unknown(node.Node, node.Role)))];
    }

    private static async Task<IReadOnlyList<Leftover>> DiscardAsync(IWorkflowContext context, FillVolumes.Input restored, RestoredNode node, StartAgent.Input agent)
    {
        try
        {
            // A node that runs by now holds its volume; it has to let go for a moment.
            await context.ApplyAsync(new ScaleNode.Input(restored.Network, agent.Node, agent.Role, node.Cluster, IsRunning: false));
            await context.UntilAsync(new NodeStopped.Input(restored.Network, agent.Node, agent.Role, node.Cluster), ForDiscarding);
            await context.ApplyAsync(new EnsureVolume.Input(restored.Network, agent.Node, agent.Role, node.Resources, node.Cluster));
            await context.ApplyAsync(agent);
            await context.UntilAsync(new AgentDone.Input(agent), ForDiscarding);
            return await Compensation.UndoAsync(context, agent);
        }
        catch (StepFailedException failure)
        {
            return [new Leftover(failure.Step, failure.Subject, failure.Message), .. await Compensation.UndoAsync(context, agent)];
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Filled">The nodes whose volumes are put back, with none when there are none.</param>
    /// <param name="Restarted">The nodes that are restarted as they are.</param>
    public sealed record Input(FillVolumes.Input Filled, IReadOnlyList<RestoredNode> Restarted) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => RestoredNode.Describe([.. Filled.Nodes, .. Restarted]);
    }
}
