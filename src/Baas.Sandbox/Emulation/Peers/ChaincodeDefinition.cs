using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>A chaincode's definition as the lifecycle keeps it, field by field, so that approvals can be compared by hash.</summary>
internal sealed record ChaincodeDefinition(long Sequence, ChaincodeEndorsementInfo Endorsement, ChaincodeValidationInfo Validation, CollectionConfigPackage Collections)
{
    /// <summary>The prefix of definitions.</summary>
    public const string Namespaces = "namespaces";

    /// <summary>The prefix of the packages that organizations have for definitions.</summary>
    public const string Sources = "chaincode-sources";

    /// <summary>The type name of committed definitions.</summary>
    public const string DefinitionType = "ChaincodeDefinition";

    /// <summary>The type name of approved definitions.</summary>
    public const string ParametersType = "ChaincodeParameters";

    /// <summary>The type name of packages.</summary>
    public const string PackageType = "ChaincodeLocalPackage";

    /// <summary>The fields of an approved definition, in the order in which they are listed.</summary>
    public IReadOnlyList<(string Name, StateData Value)> Parameters =>
    [
        ("EndorsementInfo", Bytes(Endorsement)),
        ("ValidationInfo", Bytes(Validation)),
        ("Collections", Bytes(Collections)),
    ];

    /// <summary>The fields of a committed definition.</summary>
    public IReadOnlyList<(string Name, StateData Value)> Fields => [("Sequence", new StateData { Int64 = Sequence }), .. Parameters];

    /// <summary>The fields of a package.</summary>
    public static IReadOnlyList<(string Name, StateData Value)> PackageFields(string packageId) => [("PackageID", new StateData { String = packageId })];

    /// <summary>The key that says what kind of structure there is.</summary>
    public static string MetadataKey(string prefix, string name) => $"{prefix}/metadata/{name}";

    /// <summary>The key of one field.</summary>
    public static string FieldKey(string prefix, string name, string field) => $"{prefix}/fields/{name}/{field}";

    /// <summary>The metadata of a structure.</summary>
    public static ByteString Metadata(string type, IReadOnlyList<(string Name, StateData Value)> fields) =>
        new StateMetadata { Datatype = type, Fields = { fields.Select(field => field.Name) } }.ToByteString();

    /// <summary>Reads a committed definition.</summary>
    /// <param name="get">Gives the value of a key, or null.</param>
    /// <param name="name">The chaincode.</param>
    /// <returns>The definition, or null when there is none.</returns>
    public static ChaincodeDefinition? Read(Func<string, ByteString?> get, string name) =>
        get(MetadataKey(Namespaces, name)) is null ? null : ReadParameters(get, name) with { Sequence = SequenceOf(get, name) };

    /// <summary>Reads the parts that committed and approved definitions share.</summary>
    public static ChaincodeDefinition ReadParameters(Func<string, ByteString?> get, string name) => new(
        0,
        ChaincodeEndorsementInfo.Parser.ParseFrom(Field(get, name, "EndorsementInfo").Bytes),
        ChaincodeValidationInfo.Parser.ParseFrom(Field(get, name, "ValidationInfo").Bytes),
        CollectionConfigPackage.Parser.ParseFrom(Field(get, name, "Collections").Bytes));

    /// <summary>The committed sequence; 0 when there is none.</summary>
    public static long SequenceOf(Func<string, ByteString?> get, string name) => Field(get, name, "Sequence").Int64;

    private static StateData Field(Func<string, ByteString?> get, string name, string field) => StateData.Parser.ParseFrom(get(FieldKey(Namespaces, name, field)) ?? ByteString.Empty);

    private static StateData Bytes(IMessage message) => new() { Bytes = message.ToByteString() };
}
