using Baas.Core.Health.Healing;
using Baas.Core.Networks;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Health;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows;

/// <summary>
/// Heals what a sweep has found, one act after the other, each to its end: the next node is not touched before the last one is ready. There is
/// nothing to undo: every act brings something nearer to the specification.
/// </summary>
public sealed class HealNetwork : IWorkflow<HealNetwork.Input, HealNetwork.Result>
{
    // Shorter than for new pods: the network is held meanwhile, and the next sweep looks again.
    private static readonly Patience ForHealing = new(TimeSpan.FromMinutes(3), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    /// <inheritdoc/>
    public async Task<Result> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            foreach (var act in input.Acts)
            {
                await HealAsync(context, input, act);
            }
        }
        catch (StepFailedException failure)
        {
            var failed = new WorkflowFailedException(failure, []);
            await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, WorkflowFailure.Of(failed)), compensating: true);
            throw failed;
        }

        await context.RunAsync(new EndOperation.Input(input.Network, input.Operation, NetworkState.Ready, null), compensating: true);
        return new Result(input.Acts.Count);
    }

    private static async Task HealAsync(IWorkflowContext context, Input input, HealingAct act)
    {
        var (network, cluster) = (input.Network, input.Spec.ClusterOf(act.Organization));
        switch (act)
        {
            case { Kind: HealingKind.Rejoin, Node: { } peer, Channel: { } channel }:
                await context.ApplyAsync(new RejoinPeer.Input(network, act.Organization, peer, channel));
                return;
            case { Kind: HealingKind.Restart, Node: { } stuck, PodUid: { } uid }:
                // Its objects, too: what keeps it from starting may be a Secret that somebody has changed.
                await context.ApplyAsync(new ReapplyObjects.Input(network, act.Organization, stuck));
                await context.ApplyAsync(new ReplacePod.Input(network, act.Organization, stuck, uid, cluster));
                break;
            default:
                await context.ApplyAsync(new ReapplyObjects.Input(network, act.Organization, act.Node));
                break;
        }

        if (act.Node is { } healed)
        {
            var node = new NodeReference(act.Organization, healed);
            await context.UntilAsync(new ReplaceStuckPod.Input(network, node, cluster), ForHealing);
            await context.UntilAsync(new NodeReady.Input(network, node, cluster), ForHealing);
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Spec">What the network should be.</param>
    /// <param name="Acts">What is done, in this order.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NetworkSpec Spec, IReadOnlyList<HealingAct> Acts) : IWorkflowInput<Result>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What the workflow ends with.</summary>
    /// <param name="Acts">How many acts were done.</param>
    public sealed record Result(int Acts);
}
