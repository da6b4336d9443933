using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Records;

/// <summary>What is on record about one network.</summary>
public sealed record NetworkRecord
{
    /// <summary>Which network.</summary>
    public required NetworkReference Reference { get; init; }

    /// <summary>What is wanted, all defaults filled in.</summary>
    public required NetworkSpec Spec { get; init; }

    /// <summary>Where it stands.</summary>
    public required NetworkState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this record last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The one change that is under way; null when none is.</summary>
    public OperationId? ActiveOperation { get; init; }

    /// <summary>The last change that was begun.</summary>
    public required OperationId LastOperation { get; init; }

    /// <summary>The last renewal of certificates that was begun; null when none was.</summary>
    public OperationId? LastRenewal { get; init; }

    /// <summary>What a failed change could not undo.</summary>
    public IReadOnlyList<Leftover> Leftovers { get; init; } = [];

    /// <summary>
    /// The nodes that run another version of Fabric than the specification says, and which: an upgrade has begun and has not ended well. Empty otherwise.
    /// </summary>
    public IReadOnlyDictionary<string, FabricVersion> NodeVersions { get; init; } = new Dictionary<string, FabricVersion>();
}
