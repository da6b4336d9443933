using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Reads one archive of a backup back and checks every part; what is missing or damaged and whole in the second store is put back.</summary>
internal sealed class VerifyVolume(BackupStore backups, SecondPlace? second = null) : IStep<VerifyVolume.Input, VerifyVolume.Output>
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
        var parts = backups.PartsOf(input.Network, volume);
        var healing = second is null ? null : new HealingParts(keys, parts, second.Place.Backups.PartsOf(input.Network, volume));
        var faults = await new VolumeReader(keys, healing ?? (IArchiveParts)parts).VerifyAsync(root, new HashSet<UInt128>(), cancellationToken);
        return new Output(Told(volume, faults)) { Healed = Told(volume, healing?.Healed ?? []) };
    }

    private static IReadOnlyList<string> Told(string volume, IEnumerable<string> faults) => [.. faults.Take(MaxFaults).Select(fault => $"{volume}: {fault}")];

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
    public sealed record Output(IReadOnlyList<string> Faults)
    {
        /// <summary>What was wrong and is not any more.</summary>
        public IReadOnlyList<string> Healed { get; init; } = [];
    }
}
