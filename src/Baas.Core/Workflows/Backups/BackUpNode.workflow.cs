using Baas.Core.Archives.Agents;
using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>Stops one node, packs its volumes, and starts it again until it is as far as it was. Undone by <see cref="ReviveNode"/>.</summary>
public sealed class BackUpNode : IWorkflow<BackUpNode.Input, BackUpNode.Result>
{
    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, _, _, node) = input;
        var before = await context.ApplyAsync(new ReadLedgers.Input(network, node.Endpoint, node.Channels));
        await NodeWork.StopAsync(context, network, node);
        List<string> volumes = [];
        foreach (var role in node.Volumes)
        {
            var seen = await NodeWork.RunAsync(context, AgentOf(input, role));
            var isNode = role == node.Endpoint.Role;
            var packed = new PackedVolume(node.Endpoint.Node, role, seen.Root!, isNode ? before.Heights : [], isNode ? node.Endpoint : null); // an agent that has packed gives it
            volumes.Add((await context.ApplyAsync(new NoteVolume.Input(network, input.Backup, packed))).Volume);
        }

        await NodeWork.StartAsync(context, network, node);
        await context.UntilAsync(new LedgersReach.Input(network, node.Endpoint, before.Heights), Patience.ForLedgers);
        return new Result(volumes);
    }

    internal static StartAgent.Input AgentOf(Input input, NodeRole role) =>
        new(input.Network, input.Node.Endpoint.Node, role, input.Node.Cluster, input.Operation, input.Backup, AgentVerb.Pack);

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup, WorkedNode Node) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => Node.Endpoint.Node.ToString();
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Volumes">The names of the volumes that were packed.</param>
    public sealed record Result(IReadOnlyList<string> Volumes);
}
