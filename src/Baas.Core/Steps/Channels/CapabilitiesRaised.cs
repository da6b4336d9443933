using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>Looks whether a channel's newest configuration has the wanted capability levels, and which block holds it.</summary>
internal sealed class CapabilitiesRaised(FabricAccess access, TimeProvider clock) : IStep<CapabilitiesRaised.Input, CapabilitiesRaised.Seen>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var connection = await access.ConnectAsync(input.Network, input.Orderer, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Orderer.Node.Organization, cancellationToken);
        try
        {
            var delivery = new BlockDelivery(connection, administrator, clock);
            var number = BlockMetadataReader.LastConfigOf(await delivery.ReadNewestAsync(input.Channel, cancellationToken));
            var block = await delivery.ReadAsync(input.Channel, number, cancellationToken);
            var config = ConfigBlock.Read(block).Config;
            return ConfigUpdates.Compute(input.Channel, config, ConfigEdits.SetCapabilities(config, input.Levels)) is null
                ? new Seen(true, "", new LedgerHeight(input.Channel, (long)number + 1, Convert.ToHexStringLower(BlockHashes.OfHeader(block.Header))))
                : new Seen(false, $"configuration {config.Sequence} of the channel has lower capabilities", null);
        }
        catch (DeliveryRefusedException refusal) when (refusal.IsTransient)
        {
            return new Seen(false, refusal.Message, null); // there is no leader just now
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, ChannelCapabilities Levels, NodeEndpoint Orderer) : IStepInput<CapabilitiesRaised.Seen>
    {
        /// <inheritdoc/>
        public string Subject => Channel.Value;
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether the levels are there.</param>
    /// <param name="Detail">What is there instead.</param>
    /// <param name="Reached">How far a ledger is that has this configuration; null until it is there.</param>
    public sealed record Seen(bool Holds, string Detail, LedgerHeight? Reached) : Observation(Holds, Detail);
}
