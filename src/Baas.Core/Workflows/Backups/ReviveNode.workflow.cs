using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>Takes back what <see cref="BackUpNode"/> does, wherever it stands: no agent is left, and the node runs.</summary>
public sealed class ReviveNode : IWorkflow<ReviveNode.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var agents = await Compensation.UndoInOrderAsync(
            context, [.. input.Node.Volumes.Select(role => BackUpNode.AgentOf(new(input.Network, input.Operation, input.Backup, input.Node), role))]);
        return [.. agents, .. await NodeWork.ReviveAsync(context, input.Network, input.Node)];
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup, WorkedNode Node) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Node.Endpoint.Node.ToString();
    }
}
