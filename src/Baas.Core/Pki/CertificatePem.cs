using System.Security.Cryptography;

namespace Baas.Core.Pki;

/// <summary>Certificates as PEM text, always laid out the same way.</summary>
internal static class CertificatePem
{
    private const string Label = "CERTIFICATE";

    /// <summary>The text of a certificate.</summary>
    public static string Of(ReadOnlySpan<byte> certificate) => PemEncoding.WriteString(Label, certificate) + "\n";

    /// <summary>The certificates in a text, each as a text of its own; at least one.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IReadOnlyList<string> Split(string pem)
    {
        List<string> certificates = [];
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (rest[found.Label] is Label)
            {
                certificates.Add(Of(Convert.FromBase64String(rest[found.Base64Data].ToString())));
            }

            rest = rest[found.Location.End..];
        }

        return certificates.Count > 0 ? certificates : throw new ArgumentException("the PEM text holds no certificate", nameof(pem));
    }
}
