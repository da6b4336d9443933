using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>Writes the new version into the recorded specification, when all nodes run it.</summary>
internal sealed class RecordUpgrade(RecordStore records, TimeProvider clock) : IStep<RecordUpgrade.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await records.ChangeAsync<NetworkRecord>(
            RecordNames.Network(input.Network),
            network => network.Spec.FabricVersion == input.Version && network.NodeVersions.Count == 0 ? null : network with
            {
                Spec = FabricUpgrades.Upgraded(network.Spec, input.Version),
                NodeVersions = new Dictionary<string, FabricVersion>(),
                UpdatedAt = clock.GetUtcNow(),
            },
            cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, FabricVersion Version) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }
}
