using Baas.Core.Archives.Agents;
using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>Stops some nodes, then fetches their volumes, checks them and puts them together beside what is there. Undone by <see cref="ReviveNodes"/> where nodes were there before.</summary>
public sealed class FillVolumes : IWorkflow<FillVolumes.Input, FillVolumes.Result>
{
    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        var then = (await context.ApplyAsync(new ReadBackup.Input(input.Source, input.Backup, [.. input.Nodes.Select(node => node.Node)]))).Nodes;
        var filled = await Task.WhenAll(input.Nodes.Zip(then, (node, known) => PrepareAsync(context, input, node, known)));
        await Task.WhenAll(input.Nodes.SelectMany(node => AgentsOf(input, node, AgentVerb.Unpack)).Select(agent => NodeWork.RunAsync(context, agent)));
        return new Result(filled);
    }

    internal static IEnumerable<StartAgent.Input> AgentsOf(Input input, RestoredNode node, AgentVerb verb) =>
        node.At(NodeAddresses.Unknown(node.Node, node.Role)).Volumes.Select(role => new StartAgent.Input(input.Network, node.Node, role, node.Cluster, input.Operation, input.Backup, verb) { Source = input.Source });

    private static async Task<FilledNode> PrepareAsync(IWorkflowContext context, Input input, RestoredNode node, ReadBackup.Node known)
    {
        var network = input.Network;
        await NodeWork.StopAsync(context, network, node.At(known.Endpoint));
        var (endpoint, fingerprint) = await NodeAddresses.PrepareAsync(context, node.PlaceIn(network) with { Former = known.Endpoint });
        await context.ApplyAsync(new CheckAddress.Input(known.Endpoint, endpoint));
        foreach (var role in node.At(endpoint).Volumes)
        {
            await context.ApplyAsync(new EnsureVolume.Input(network, node.Node, role, node.Resources, node.Cluster));
        }

        return new FilledNode(node, endpoint, fingerprint, known.Ledgers);
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation.</param>
    /// <param name="Source">The network that the backup is of.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Nodes">The nodes.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkReference Source, BackupId Backup, IReadOnlyList<RestoredNode> Nodes) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => RestoredNode.Describe(Nodes);
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Nodes">The nodes, in their order.</param>
    public sealed record Result(IReadOnlyList<FilledNode> Nodes);
}
