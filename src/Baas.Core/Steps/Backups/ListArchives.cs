using Baas.Core.Networks;
using Baas.Core.Records.Backups;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Checks a backup's manifest and names its archives in their order. One that is missing or damaged and whole in the second store is put back.</summary>
internal sealed class ListArchives(BackupManifests manifests) : IStep<ListArchives.Input, ListArchives.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        try
        {
            var (manifest, fault) = await manifests.HealAsync(input.Network, input.Backup, cancellationToken);
            return new Output([.. manifest.Archives.Select(archive => archive.Volume)]) { Healed = fault is null ? [] : [fault] };
        }
        catch (BackupException failure) when (!failure.IsTransient && failure.Code != BackupManifests.Forgotten)
        {
            return new Output([]) { Faults = [failure.Message] };
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup) : IStepInput<ListArchives.Output>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }

    /// <summary>What there is.</summary>
    /// <param name="Archives">The archives' names.</param>
    public sealed record Output(IReadOnlyList<string> Archives)
    {
        /// <summary>What is wrong with the manifest; empty when all is well.</summary>
        public IReadOnlyList<string> Faults { get; init; } = [];

        /// <summary>What was wrong with it and is not any more.</summary>
        public IReadOnlyList<string> Healed { get; init; } = [];
    }
}
