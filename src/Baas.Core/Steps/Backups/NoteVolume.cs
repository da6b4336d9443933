using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Keeps what is known of a packed volume until the backup is whole: that of a thousand nodes is more than a history takes.</summary>
internal sealed class NoteVolume(BackupStore backups) : IStep<NoteVolume.Input, NoteVolume.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var packed = input.Packed;
        var volume = new BackedUpVolume { Node = packed.Node, Role = packed.Role, Root = packed.Root, Ledgers = packed.Ledgers, Endpoint = packed.Endpoint };
        await backups.NoteVolumeAsync(input.Network, input.Backup, volume, cancellationToken);
        return new Output(BackupNames.Volume(packed.Node, packed.Role));
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, BackupId Backup, PackedVolume Packed) : IStepInput<NoteVolume.Output>
    {
        /// <inheritdoc/>
        public string Subject => Packed.Node.ToString();
    }

    /// <summary>What was kept.</summary>
    /// <param name="Volume">The volume's name.</param>
    public sealed record Output(string Volume);
}
