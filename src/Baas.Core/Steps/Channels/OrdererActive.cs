using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>
/// Looks whether an orderer takes part in a channel actively: it is a consenter, hands out the genesis block that is stored, and knows a leader.
/// </summary>
internal sealed class OrdererActive(FabricAccess access, ArtifactStore artifacts, TimeProvider clock) : IStep<OrdererActive.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var orderer = await access.ConnectAsAdministratorAsync(input.Network, input.Orderer, cancellationToken);
        var status = await new ChannelParticipation(orderer).FindAsync(input.Channel, cancellationToken);
        if (status is not { IsActiveConsenter: true })
        {
            return new Observation(false, status?.ToString() ?? "it does not take part in the channel");
        }

        try
        {
            await CheckGenesisAsync(input, cancellationToken);
            return new Observation(true, status.ToString());
        }
        catch (DeliveryRefusedException refusal) when (refusal.IsTransient || refusal.Status == Status.NotFound)
        {
            return new Observation(false, refusal.Message);
        }
    }

    // "active" says nothing of a leader. An orderer without one hands out no blocks, not even old ones, to those who ask strictly.
    private async Task CheckGenesisAsync(Input input, CancellationToken cancellationToken)
    {
        var genesis = await StoredGenesis.ReadAsync(artifacts, input.Network, input.Channel, cancellationToken);
        var orderer = await access.ConnectAsync(input.Network, input.Orderer, cancellationToken);
        using var administrator = await access.AdministratorOfAsync(input.Network, input.Orderer.Node.Organization, cancellationToken);
        var first = await new BlockDelivery(orderer, administrator, clock).ReadAsync(input.Channel, 0, cancellationToken);
        if (!first.Header.Equals(ConfigBlock.Parse(genesis).Header))
        {
            throw new GenesisDiffersException(input.Orderer, input.Channel);
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, NodeEndpoint Orderer) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => $"{Orderer.Node} → {Channel}";
    }
}
