using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>A chaincode package as peers install it: a gzipped tar with <c>metadata.json</c> and <c>code.tar.gz</c>.</summary>
internal sealed partial class ChaincodePackage
{
    /// <summary>The type of a chaincode that runs as a service of its own.</summary>
    public const string ServiceType = "ccaas";

    private const string MetadataFile = "metadata.json";
    private const string CodeFile = "code.tar.gz";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ChaincodePackage(string label, string type, ReadOnlyMemory<byte> content, ChaincodeConnection? connection)
    {
        Label = label;
        Type = type;
        Content = content;
        Connection = connection;
        Id = $"{label}:{Convert.ToHexStringLower(SHA256.HashData(content.Span))}";
    }

    /// <summary>The label, such as <c>basic_1.0</c>.</summary>
    public string Label { get; }

    /// <summary>The type, such as <c>ccaas</c>.</summary>
    public string Type { get; }

    /// <summary>How peers name the package: the label and the hash of its bytes.</summary>
    public string Id { get; }

    /// <summary>The package file.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>How peers reach the server; null unless <see cref="Type"/> is <c>ccaas</c>.</summary>
    public ChaincodeConnection? Connection { get; }

    /// <summary>Packs a chaincode that runs as a service. Same arguments, same bytes, on every machine.</summary>
    /// <param name="label">The label: letters, digits and <c>_.+-</c>, the first one a letter or digit.</param>
    /// <param name="connection">How peers reach the server.</param>
    /// <exception cref="ChaincodePackageException">The label has another form.</exception>
    public static ChaincodePackage OfService(string label, ChaincodeConnection connection)
    {
        CheckLabel(label);
        var code = TarGzip.Write([new(ChaincodeConnection.ConnectionFile, connection.ToJson())]);
        var content = TarGzip.Write([new(MetadataFile, Metadata(label)), new(CodeFile, code)]);
        return new ChaincodePackage(label, ServiceType, content, connection);
    }

    /// <summary>Reads a package that anybody may have made; looks into no more of it than is needed and never far.</summary>
    /// <exception cref="ChaincodePackageException">A peer would refuse it, or it is too large.</exception>
    public static ChaincodePackage Read(ReadOnlyMemory<byte> content)
    {
        var files = TarGzip.Read(content, TarGzip.Limits.Package);
        if (!files.TryGetValue(MetadataFile, out var metadata) || !files.TryGetValue(CodeFile, out var code))
        {
            throw new ChaincodePackageException($"it holds no {(files.ContainsKey(MetadataFile) ? CodeFile : MetadataFile)}");
        }

        var root = PackageJson.Object(metadata, MetadataFile);
        var label = PackageJson.Text(root, "label");
        var type = PackageJson.Text(root, "type").ToLowerInvariant();
        CheckLabel(label);
        return new ChaincodePackage(label, type, content, type == ServiceType ? ConnectionOf(code) : null);
    }

    private static ChaincodeConnection ConnectionOf(ReadOnlyMemory<byte> code) =>
        TarGzip.Read(code, TarGzip.Limits.Code).TryGetValue(ChaincodeConnection.ConnectionFile, out var json)
            ? ChaincodeConnection.FromJson(json)
            : throw new ChaincodePackageException($"{CodeFile} holds no {ChaincodeConnection.ConnectionFile}");

    private static byte[] Metadata(string label)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("path", "");
            writer.WriteString("type", ServiceType);
            writer.WriteString("label", label);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void CheckLabel(string label)
    {
        if (label.Length > 128 || !LabelForm.IsMatch(label))
        {
            throw new ChaincodePackageException("its label has to match [a-zA-Z0-9][a-zA-Z0-9_.+-]* with at most 128 characters");
        }
    }

    // core/chaincode/persistence/chaincode_package.go
    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelForm { get; }
}
