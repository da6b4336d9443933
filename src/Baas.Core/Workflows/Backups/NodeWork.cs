using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>What backups and restores do with one node: stop it, let agents work on its volumes, start it.</summary>
internal static class NodeWork
{
    private const int Attempts = 5;

    private static readonly Patience ForAgents = new(TimeSpan.FromHours(7), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5));

    /// <summary>Stops a peer and then the CouchDB beside it, or an orderer; all of it is stopped when this returns.</summary>
    public static async Task StopAsync(IWorkflowContext context, NetworkReference network, WorkedNode node)
    {
        foreach (var role in node.Volumes.Reverse())
        {
            await context.ApplyAsync(new ScaleNode.Input(network, node.Endpoint.Node, role, node.Cluster, IsRunning: false));
            await context.UntilAsync(new NodeStopped.Input(network, node.Endpoint.Node, role, node.Cluster), Patience.ForRemoval);
        }
    }

    /// <summary>Starts the CouchDB and then its peer, or an orderer; it is ready when this returns.</summary>
    public static async Task StartAsync(IWorkflowContext context, NetworkReference network, WorkedNode node)
    {
        foreach (var role in node.Volumes)
        {
            await context.ApplyAsync(new ScaleNode.Input(network, node.Endpoint.Node, role, node.Cluster, IsRunning: true));
            await context.UntilAsync(new NodeReady.Input(network, WorkedNode.PodOf(node.Endpoint.Node, role), node.Cluster), Patience.ForPods);
        }
    }

    /// <summary>Runs an agent to its end and removes it; another one follows an agent that the store did not answer.</summary>
    public static async Task<AgentDone.Seen> RunAsync(IWorkflowContext context, StartAgent.Input agent)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await context.ApplyAsync(agent);
                var seen = await context.UntilAsync(new AgentDone.Input(agent), ForAgents);
                await context.UndoAsync(agent);
                return seen;
            }
            catch (StepFailedException failure) when (failure.Code == AgentDone.Interrupted && attempt < Attempts)
            {
                await context.UndoAsync(agent); // its Job cannot be changed, and its address may be wrong by now
            }
        }
    }

    /// <summary>Starts a node that a failure has left stopped, and waits for it; what does not come back is a leftover.</summary>
    public static async Task<IReadOnlyList<Leftover>> ReviveAsync(IWorkflowContext context, NetworkReference network, WorkedNode node)
    {
        List<Leftover> leftovers = [];
        foreach (var role in node.Volumes)
        {
            leftovers.AddRange(await Compensation.UndoAsync(context, new ScaleNode.Input(network, node.Endpoint.Node, role, node.Cluster, IsRunning: false)));
            leftovers.AddRange(await Compensation.UntilGoneAsync(context, new NodeReady.Input(network, WorkedNode.PodOf(node.Endpoint.Node, role), node.Cluster), Patience.ForLedgers));
        }

        return leftovers;
    }
}
