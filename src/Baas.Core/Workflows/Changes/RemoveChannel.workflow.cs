using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Channels;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>
/// Forgets a channel whose nodes are removed, too. A peer cannot leave a channel while it runs, so a channel of a network that
/// stays is never removed; its ledgers go with the volumes of the nodes.
/// </summary>
public sealed class RemoveChannel : IWorkflow<RemoveChannel.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change) = input;
        return Compensation.UndoAsync(
            context, new CreateGenesisBlock.Input(network, change.Channel, change.Ordering, change.Members, change.Capabilities, [], []));
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, AddChannel Change) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
