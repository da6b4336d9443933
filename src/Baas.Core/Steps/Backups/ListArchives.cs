using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Checks a backup's manifest and names its archives in their order.</summary>
internal sealed class ListArchives(BackupStore backups) : IStep<ListArchives.Input, ListArchives.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var manifest = await backups.ReadManifestAsync(input.Network, input.Backup, cancellationToken);
        return new Output([.. manifest.Archives.Select(archive => archive.Volume)]);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup) : IStepInput<ListArchives.Output>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }

    /// <summary>What there is.</summary>
    /// <param name="Archives">The archives' names.</param>
    public sealed record Output(IReadOnlyList<string> Archives);
}
