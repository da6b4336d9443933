using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Cluster;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Changes;

/// <summary>Brings up one orderer: its address first, then certificates for that address, then the node itself. Undone by <see cref="RemoveOrderer"/>.</summary>
public sealed class ProvisionOrderer : IWorkflow<ProvisionOrderer.Input, ChangeResult>
{
    /// <inheritdoc/>
    public async Task<ChangeResult> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, change) = input;
        var (endpoint, fingerprint) = await NodeAddresses.PrepareAsync(context, PlaceOf(input));
        await context.ApplyAsync(new ApplyOrderer.Input(network, endpoint, change.MspId, change.FabricVersion, change.Resources, change.Cluster, fingerprint));
        await context.UntilAsync(new NodeReady.Input(network, change.Node, change.Cluster), Patience.ForPods);
        return new ChangeResult([endpoint]);
    }

    internal static NodePlace PlaceOf(Input input) =>
        new(input.Network, input.Change.Node, NodeRole.Orderer, input.Change.MspId, input.Change.Ca, input.Change.Cluster, input.Change.Exposure);

    /// <summary>What the workflow needs.</summary>
    public sealed record Input(NetworkReference Network, AddOrderer Change) : IWorkflowInput<ChangeResult>
    {
        /// <inheritdoc/>
        public string Subject => Change.Subject;
    }
}
