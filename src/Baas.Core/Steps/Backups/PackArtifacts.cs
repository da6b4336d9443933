using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Packs identities, authorities, genesis blocks and chaincode packages.</summary>
internal sealed class PackArtifacts(NetworkArtifacts artifacts) : IStep<PackArtifacts.Input, PackArtifacts.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken) => new(await artifacts.PackAsync(input.Network, cancellationToken));

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network) : IStepInput<PackArtifacts.Output>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What was packed.</summary>
    /// <param name="Root">The archive.</param>
    public sealed record Output(VolumeRoot Root);
}
