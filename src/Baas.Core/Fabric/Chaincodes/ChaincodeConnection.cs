using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>How a peer reaches a chaincode server: the <c>connection.json</c> of a <c>ccaas</c> package.</summary>
/// <param name="Address">The server's <c>host:port</c>; with TLS the host stands in its certificate.</param>
/// <param name="RootCertificatePem">What the peer trusts for the server's certificate; null: no TLS.</param>
internal sealed record ChaincodeConnection(string Address, string? RootCertificatePem)
{
    // Never empty: the builder copies an empty text and the peer then fails to read it as a duration (externalbuilder/instance.go).
    private const string DialTimeout = "10s";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON text.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("address", Address);
            writer.WriteString("dial_timeout", DialTimeout);
            writer.WriteBoolean("tls_required", RootCertificatePem is not null);
            if (RootCertificatePem is not null)
            {
                // A client key would lie readable in every peer's package store, so the server does not ask for one.
                writer.WriteBoolean("client_auth_required", false);
                writer.WriteString("client_key", "");
                writer.WriteString("client_cert", "");
                writer.WriteString("root_cert", RootCertificatePem);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the JSON text.</summary>
    /// <exception cref="ChaincodePackageException">It is not what the builder and the peer accept.</exception>
    public static ChaincodeConnection FromJson(ReadOnlyMemory<byte> json)
    {
        var root = PackageJson.Object(json, ConnectionFile);
        var address = PackageJson.Text(root, "address");
        var rootCertificate = PackageJson.Text(root, "root_cert");
        if (address.Length == 0)
        {
            throw new ChaincodePackageException($"{ConnectionFile} has no address");
        }

        if (PackageJson.Text(root, "dial_timeout").Length == 0)
        {
            throw new ChaincodePackageException($"{ConnectionFile} has no dial_timeout");
        }

        var tls = root.TryGetProperty("tls_required", out var required) && required.ValueKind is JsonValueKind.True;
        if (tls && rootCertificate.Length == 0)
        {
            throw new ChaincodePackageException($"{ConnectionFile} requires TLS without a root_cert");
        }

        return new ChaincodeConnection(address, tls ? rootCertificate : null);
    }

    /// <summary>The file's name in the code archive.</summary>
    public const string ConnectionFile = "connection.json";
}
