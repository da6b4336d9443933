using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Writes down which names the network's pods have to find without DNS: those under which channels know nodes that were moved.</summary>
internal sealed class RecordAliases(ArtifactStore artifacts) : IStep<RecordAliases.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await artifacts.PutAliasesAsync(input.Network, input.Aliases, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, IReadOnlyList<HostAlias> Aliases) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }
}
