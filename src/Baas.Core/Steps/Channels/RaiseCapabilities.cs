using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>
/// Asks a channel's orderers for other capability levels, agreed to by the administrators of all its organizations. Whether they are there is seen by
/// <see cref="CapabilitiesRaised"/>.
/// </summary>
internal sealed class RaiseCapabilities(FabricAccess access, TimeProvider clock) : IStep<RaiseCapabilities.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        List<ISigner> administrators = [];
        try
        {
            foreach (var organization in input.Organizations)
            {
                administrators.Add(await access.AdministratorOfAsync(input.Network, organization, cancellationToken));
            }

            await RaiseAsync(input, administrators, cancellationToken);
            return Nothing.Value;
        }
        finally
        {
            administrators.ForEach(administrator => administrator.Dispose());
        }
    }

    private async Task RaiseAsync(Input input, List<ISigner> administrators, CancellationToken cancellationToken)
    {
        var orderers = await access.ConnectAsync(input.Network, input.Orderers, cancellationToken);
        var delivery = new BlockDelivery(orderers[0], administrators[0], clock);
        var config = (await delivery.ReadConfigAsync(input.Channel, cancellationToken)).Config;
        while (ConfigUpdates.Compute(input.Channel, config, ConfigEdits.SetCapabilities(config, input.Levels)) is { } update)
        {
            try
            {
                await new Broadcaster(orderers, clock).SendAsync(Signed(input.Channel, update, administrators), $"raise the capabilities of channel \"{input.Channel}\"", cancellationToken);
                return;
            }
            catch (OrderingRefusedException)
            {
                // An update is made for one configuration. When that is still the newest one, the refusal has another reason.
                var now = (await delivery.ReadConfigAsync(input.Channel, cancellationToken)).Config;
                if (now.Sequence == config.Sequence)
                {
                    throw;
                }

                config = now;
            }
        }
    }

    private Envelope Signed(ChannelName channel, ConfigUpdate update, List<ISigner> administrators)
    {
        var bytes = ConfigSignatures.BytesOf(update);
        return ConfigSignatures.Envelope(channel, bytes, administrators.Select(administrator => ConfigSignatures.Sign(bytes, administrator)), administrators[0], clock);
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Channel">The channel.</param>
    /// <param name="Levels">The levels that it is to have, none lower than now.</param>
    /// <param name="Orderers">The channel's orderers.</param>
    /// <param name="Organizations">Whose administrators sign: the ordering organization, which also submits, and all members.</param>
    public sealed record Input(NetworkReference Network, ChannelName Channel, ChannelCapabilities Levels, IReadOnlyList<NodeEndpoint> Orderers, IReadOnlyList<OrganizationName> Organizations) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Channel.Value;
    }
}
