using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Certificates;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Rolling;

namespace Baas.Core.Workflows.Renewals;

/// <summary>
/// Gives one node the certificates that were prepared for it, by a restart on the same volume and at the same address. It begins only while all other
/// nodes of the group work, and ends when the node shows the new certificate and has caught up. Undone by <see cref="RevertCertificates"/>.
/// </summary>
public sealed class RenewNode : IWorkflow<RenewNode.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        var change = input.Change;
        if (change.Rolled is not { } node)
        {
            // Only the peers of its organization may reach the server of a chaincode: that it is ready has to do.
            await change.ApplyAsync(context, isNext: true, input.Limit);
            return Nothing.Value;
        }

        await NodeRolling.DemandOthersAsync(context, change.Network, node, input.Others, input.Peers);
        var before = input.HasExpired ? [] : (await context.ApplyAsync(new ReadLedgers.Input(change.Network, node.Endpoint, node.Channels))).Heights;
        await change.ApplyAsync(context, isNext: true, input.Limit);
        await context.UntilAsync(new CertificateShown.Input(change.Network, node.Endpoint, input.SerialNumber), Patience.ForLedgers);
        await NodeRolling.CatchUpAsync(context, change.Network, node, before, input.Witness);
        return Nothing.Value;
    }

    /// <summary>What the workflow needs.</summary>
    public sealed record Input : IWorkflowInput<Nothing>
    {
        /// <summary>The node and where its certificates come from.</summary>
        public required CertificateChange Change { get; init; }

        /// <summary>The serial number of the TLS certificate that it gets.</summary>
        public required string SerialNumber { get; init; }

        /// <summary>The other nodes of its group that have to work.</summary>
        public IReadOnlyList<RolledNode> Others { get; init; } = [];

        /// <summary>For an orderer: the network's peers, which endorse what shows whether the others order.</summary>
        public IReadOnlyList<RolledNode> Peers { get; init; } = [];

        /// <summary>Whether one of its present certificates has expired: it may answer nobody before it has new ones.</summary>
        public bool HasExpired { get; init; }

        /// <summary>An orderer that went on meanwhile, with which the node has to catch up; null where there is none.</summary>
        public NodeEndpoint? Witness { get; init; }

        /// <summary>How long the node may take until it answers.</summary>
        public required TimeSpan Limit { get; init; }

        /// <inheritdoc/>
        public string Subject => Change.Node.ToString();
    }
}
