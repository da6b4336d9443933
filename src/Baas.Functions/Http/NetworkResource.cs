using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Functions.Http;

/// <summary>A network as the API shows it.</summary>
public sealed record NetworkResource
{
    /// <summary>Its name.</summary>
    public required NetworkName Name { get; init; }

    /// <summary>Whose it is.</summary>
    public required TenantName Tenant { get; init; }

    /// <summary>Where it stands.</summary>
    public required NetworkState State { get; init; }

    /// <summary>The nodes' Fabric version.</summary>
    public required FabricVersion FabricVersion { get; init; }

    /// <summary>The nodes that run another version, and which: an upgrade has not ended well. Absent when all run the one above.</summary>
    public IReadOnlyDictionary<string, FabricVersion>? NodeVersions { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this record last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The change that is under way.</summary>
    public OperationId? ActiveOperation { get; init; }

    /// <summary>The last change that was begun.</summary>
    public required OperationId LastOperation { get; init; }

    /// <summary>What a failed change could not undo.</summary>
    public required IReadOnlyList<Leftover> Leftovers { get; init; }

    /// <summary>The specification with all defaults; absent in lists.</summary>
    public NetworkSpec? Specification { get; init; }

    internal static NetworkResource Of(NetworkRecord record, bool withSpecification) => new()
    {
        Name = record.Reference.Network,
        Tenant = record.Reference.Tenant,
        State = record.State,
        FabricVersion = record.Spec.FabricVersion,
        NodeVersions = record.NodeVersions.Count > 0 ? record.NodeVersions : null,
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
        ActiveOperation = record.ActiveOperation,
        LastOperation = record.LastOperation,
        Leftovers = record.Leftovers,
        Specification = withSpecification ? record.Spec : null,
    };
}
