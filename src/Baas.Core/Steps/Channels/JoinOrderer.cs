using Baas.Core.Fabric.Ordering;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>Makes an orderer take part in a channel.</summary>
internal sealed class JoinOrderer(FabricAccess access, ArtifactStore artifacts) : IUndoableStep<JoinOrderer.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var genesis = await StoredGenesis.ReadAsync(artifacts, input.Network, input.Channel, cancellationToken);
        var orderer = await access.ConnectAsAdministratorAsync(input.Network, input.Orderer, cancellationToken);
        await new ChannelParticipation(orderer).JoinAsync(input.Channel, genesis, cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        var orderer = await access.ConnectAsAdministratorAsync(input.Network, input.Orderer, cancellationToken);
        await new ChannelParticipation(orderer).RemoveAsync(input.Channel, cancellationToken);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, NodeEndpoint Orderer) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Orderer.Node} → {Channel}";
    }
}
