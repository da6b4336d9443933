using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Records.Backups;

namespace Baas.Functions.Http.Backups;

/// <summary>A backup as the API shows it.</summary>
public sealed record BackupResource
{
    /// <summary>Its id.</summary>
    public required BackupId Id { get; init; }

    /// <summary>The network that it is of.</summary>
    public required NetworkName Network { get; init; }

    /// <summary>Where it stands.</summary>
    public required BackupState State { get; init; }

    /// <summary>The operation that took it.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was whole, or failed; absent while it is taken.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The bytes of all that it holds.</summary>
    public required long Bytes { get; init; }

    /// <summary>The bytes that had to be stored, compressed; the rest was there from earlier backups.</summary>
    public required long StoredBytes { get; init; }

    /// <summary>When it was last read back and checked; absent when it was not.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>What the last check has found.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What the last check has found damaged or missing here, and put back from the second store.</summary>
    public required IReadOnlyList<string> Healed { get; init; }

    /// <summary>Where it was copied to, and when.</summary>
    public required IReadOnlyList<BackupCopy> Copies { get; init; }

    /// <summary>The volumes that it holds. In lists, and while it is not whole: absent.</summary>
    public IReadOnlyList<BackupView.Volume>? Volumes { get; init; }

    internal static BackupResource Of(BackupView view) => Of(view.Record) with { Volumes = view.Volumes };

    internal static BackupResource Of(BackupRecord record) => new()
    {
        Id = record.Id,
        Network = record.Network.Network,
        State = record.State,
        Operation = record.Operation,
        CreatedAt = record.CreatedAt,
        EndedAt = record.EndedAt,
        Bytes = record.Bytes,
        StoredBytes = record.StoredBytes,
        VerifiedAt = record.VerifiedAt,
        Faults = record.Faults,
        Healed = record.Healed,
        Copies = record.Copies,
    };
}
