using System.Globalization;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Looks whether a node's ledgers are as far as they were, and whether the block that was the newest one then is still the same.</summary>
internal sealed class LedgersReach(NodeLedgers ledgers) : IStep<LedgersReach.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        foreach (var wanted in input.Heights)
        {
            var height = await ledgers.FindHeightAsync(input.Network, input.Node, wanted.Channel, cancellationToken);
            if (height is not { } there || there < wanted.Height)
            {
                var found = height?.ToString(CultureInfo.InvariantCulture) ?? "no";
                return new Observation(false, $"{input.Node.Node} has {found} blocks of channel {wanted.Channel}, and had {wanted.Height}");
            }

            try
            {
                await CheckAsync(input, wanted, cancellationToken);
            }
            catch (DeliveryRefusedException refusal) when (refusal.IsTransient)
            {
                return new Observation(false, refusal.Message); // there is no leader yet
            }
        }

        return new Observation(true, "");
    }

    private async Task CheckAsync(Input input, LedgerHeight wanted, CancellationToken cancellationToken)
    {
        var hash = await ledgers.ReadHashAsync(input.Network, input.Node, wanted.Channel, wanted.Height - 1, cancellationToken);
        if (hash != wanted.Hash)
        {
            throw new BackupException(
                "ledger-differs", $"cannot go on with node \"{input.Node.Node}\": its block {wanted.Height - 1} of channel \"{wanted.Channel}\" has hash {hash}, and had {wanted.Hash}");
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Node, IReadOnlyList<LedgerHeight> Heights) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Node.Node.ToString();
    }
}
