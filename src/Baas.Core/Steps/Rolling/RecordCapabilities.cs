using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>Writes a channel's capability levels into the recorded specification, when all nodes have them.</summary>
internal sealed class RecordCapabilities(RecordStore records, TimeProvider clock) : IStep<RecordCapabilities.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await records.ChangeAsync<NetworkRecord>(
            RecordNames.Network(input.Network),
            network => network.Spec.Channels.Any(channel => channel.Name == input.Channel && channel.Capabilities == input.Levels) ? null : network with
            {
                Spec = network.Spec with { Channels = [.. network.Spec.Channels.Select(channel => channel.Name == input.Channel ? channel with { Capabilities = input.Levels } : channel)] },
                UpdatedAt = clock.GetUtcNow(),
            },
            cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, ChannelCapabilities Levels) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Channel.Value;
    }
}
