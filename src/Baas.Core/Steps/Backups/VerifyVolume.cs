using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Reads one archive of a backup back and checks every part.</summary>
internal sealed class VerifyVolume(BackupStore backups) : IStep<VerifyVolume.Input, VerifyVolume.Output>
{
    private const int MaxFaults = 100;

    /// <inheritdoc/>
    public static StepOptions Options { get; } = StepOptions.Remote with { Timeout = TimeSpan.FromHours(12) };

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var manifest = await backups.ReadManifestAsync(input.Network, input.Backup, cancellationToken);
        var (volume, root) = manifest.Archives.ElementAt(input.Archive);
        var keys = VolumeKeys.Of(await backups.ReadVolumeKeyAsync(input.Network, volume, cancellationToken));
        var faults = await new VolumeReader(keys, backups.PartsOf(input.Network, volume)).VerifyAsync(root, new HashSet<UInt128>(), cancellationToken);
        return new Output([.. faults.Take(MaxFaults).Select(fault => $"{volume}: {fault}")]);
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Backup">The backup.</param>
    /// <param name="Archive">Which of its archives, by its place.</param>
    /// <param name="Volume">The archive's name, for people.</param>
    public sealed record Input(NetworkReference Network, BackupId Backup, int Archive, string Volume) : IStepInput<VerifyVolume.Output>
    {
        /// <inheritdoc/>
        public string Subject => Volume;
    }

    /// <summary>What was found.</summary>
    /// <param name="Faults">What is wrong, the parts named; empty when all is well.</param>
    public sealed record Output(IReadOnlyList<string> Faults);
}
