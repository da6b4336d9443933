using Baas.Core.Fabric.Policies;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;
using ChaincodeSpec = Baas.Core.Networks.ChaincodeSpec;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>What the organizations of a channel agree on for one sequence of a chaincode, laid out the way peers compare it.</summary>
internal sealed record ChaincodeDefinition
{
    /// <summary>The definition that a specification asks for.</summary>
    public static ChaincodeDefinition Of(ChaincodeSpec chaincode) => new()
    {
        Name = chaincode.Name.Value,
        Sequence = chaincode.Sequence,
        Version = chaincode.Version.Value,
        InitRequired = chaincode.InitRequired,
        EndorsementPolicy = ApplicationPolicies.Encode(chaincode.EndorsementPolicy).ToByteString(),
        Collections = CollectionConfigs.Encode(chaincode.Collections),
    };

    /// <summary>The chaincode's name.</summary>
    public required string Name { get; init; }

    /// <summary>1 at first, one more with each change.</summary>
    public required long Sequence { get; init; }

    /// <summary>The version text.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the chaincode's init has to be called first.</summary>
    public required bool InitRequired { get; init; }

    /// <summary>The bytes of an <see cref="ApplicationPolicy"/>; Fabric's <c>validation_parameter</c>.</summary>
    public required ByteString EndorsementPolicy { get; init; }

    /// <summary>The private data collections; empty for none.</summary>
    public required CollectionConfigPackage Collections { get; init; }

    /// <summary>What endorses. The default is Fabric's own.</summary>
    public string EndorsementPlugin { get; init; } = "escc";

    /// <summary>What validates. The default is Fabric's own.</summary>
    public string ValidationPlugin { get; init; } = "vscc";

    /// <summary>In what the two differ, in words; empty when peers take them for the same.</summary>
    public IReadOnlyList<string> DifferencesFrom(ChaincodeDefinition other) =>
    [
        .. Named("name", Name == other.Name),
        .. Named("sequence", Sequence == other.Sequence),
        .. Named("version", Version == other.Version),
        .. Named("init", InitRequired == other.InitRequired),
        .. Named("endorsement policy", EndorsementPolicy.Equals(other.EndorsementPolicy)),
        .. Named("collections", Collections.Equals(other.Collections)),
        .. Named("plugins", EndorsementPlugin == other.EndorsementPlugin && ValidationPlugin == other.ValidationPlugin),
    ];

    private static IEnumerable<string> Named(string part, bool same) => same ? [] : [part];
}
