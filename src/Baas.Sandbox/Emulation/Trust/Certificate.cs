using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>A certificate taken apart as far as an MSP needs it. Read straight from DER: the platform's chain engine is slow and knows other rules.</summary>
internal sealed class Certificate
{
    private const string OrganizationalUnit = "2.5.4.11";

    private Certificate(X509Certificate2 x509, byte[] signed, string algorithm, byte[] signature)
    {
        X509 = x509;
        Signed = signed;
        Algorithm = algorithm;
        Signature = signature;
        OrganizationalUnits = [.. UnitsOf(x509.SubjectName)];
    }

    /// <summary>The platform's view.</summary>
    public X509Certificate2 X509 { get; }

    /// <summary>The organizational units of the subject.</summary>
    public IReadOnlyList<string> OrganizationalUnits { get; }

    /// <summary>Whether it may issue certificates: CA true, with a subject key identifier.</summary>
    public bool IsAuthority =>
        X509.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority) && X509.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any();

    private byte[] Signed { get; }

    private string Algorithm { get; }

    private byte[] Signature { get; }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="EmulationException">It is none.</exception>
    public static Certificate Parse(byte[] der)
    {
        try
        {
            var (signed, algorithm, signature) = SignedDer.Split(der);
            return new Certificate(X509CertificateLoader.LoadCertificate(der), signed, algorithm, signature);
        }
        catch (Exception failure) when (failure is CryptographicException or AsnContentException)
        {
            throw new EmulationException($"cannot read certificate: {failure.Message}", failure);
        }
    }

    /// <summary>Whether the other one signed this one.</summary>
    public bool IsIssuedBy(Certificate issuer) =>
        X509.IssuerName.RawData.AsSpan().SequenceEqual(issuer.X509.SubjectName.RawData) && SignedDer.Verify(issuer.X509, Signed, Algorithm, Signature);

    /// <summary>Whether its key is Ed25519, or it was signed with such a key.</summary>
    public bool IsOfEd25519 => EdwardsKeys.Has(X509) || EdwardsKeys.Is(Algorithm);

    /// <summary>Whether both are the same, byte for byte.</summary>
    public bool Is(Certificate other) => X509.RawDataMemory.Span.SequenceEqual(other.X509.RawDataMemory.Span);

    private static IEnumerable<string> UnitsOf(X500DistinguishedName name) =>
        name.EnumerateRelativeDistinguishedNames(reversed: false)
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == OrganizationalUnit)
            .Select(part => part.GetSingleElementValue() ?? string.Empty);
}
