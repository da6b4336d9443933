using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Lifecycle;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Writes structures of the lifecycle field by field, public or private, and compares with what others have written in private.</summary>
internal static class LifecycleStructures
{
    /// <summary>Writes a structure; fields that stay the same are not written.</summary>
    /// <param name="get">Reads a key.</param>
    /// <param name="put">Writes a key.</param>
    /// <param name="prefix">The prefix of the kind.</param>
    /// <param name="name">The structure's name.</param>
    /// <param name="type">The structure's type.</param>
    /// <param name="fields">The fields.</param>
    public static void Write(Func<string, ByteString?> get, Action<string, ByteString> put, string prefix, string name, string type, IReadOnlyList<(string Name, StateData Value)> fields)
    {
        var metadata = ChaincodeDefinition.Metadata(type, fields);
        var isNew = get(ChaincodeDefinition.MetadataKey(prefix, name)) != metadata;
        foreach (var (field, value) in fields)
        {
            var key = ChaincodeDefinition.FieldKey(prefix, name, field);
            var bytes = value.ToByteString();
            if (isNew || get(key) != bytes)
            {
                put(key, bytes);
            }
        }

        if (isNew)
        {
            put(ChaincodeDefinition.MetadataKey(prefix, name), metadata);
        }
    }

    /// <summary>What in an organization's approval differs from a definition; the type's name when there is no approval at all.</summary>
    /// <param name="getHash">Gives the hash of a private value.</param>
    /// <param name="name">The approval's name.</param>
    /// <param name="definition">What it should be.</param>
    public static IReadOnlyList<string> Differences(Func<string, ByteString?> getHash, string name, ChaincodeDefinition definition)
    {
        var fields = definition.Parameters;
        var hashes = fields.Select(field => getHash(ChaincodeDefinition.FieldKey(ChaincodeDefinition.Namespaces, name, field.Name))).ToList();
        if (!Is(getHash(ChaincodeDefinition.MetadataKey(ChaincodeDefinition.Namespaces, name)), ChaincodeDefinition.Metadata(ChaincodeDefinition.ParametersType, fields)))
        {
            return [ChaincodeDefinition.ParametersType];
        }

        return [.. fields.Where((field, index) => !Is(hashes[index], field.Value.ToByteString())).Select(field => field.Name)];
    }

    private static bool Is(ByteString? hash, ByteString value) => hash is not null && hash.Span.SequenceEqual(SHA256.HashData(value.Span));
}
