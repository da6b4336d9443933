using System.Security.Cryptography.X509Certificates;
using Baas.Core.Keys;

namespace Baas.Core.Pki;

/// <summary>What a certificate authority has to be so that Fabric accepts an authority below it. The first term that is not met is told.</summary>
internal static class AuthorityTerms
{
    /// <summary>Judges an authority that a customer has brought.</summary>
    /// <exception cref="PkiException">
    /// <c>authority-curve</c>, <c>authority-key-mismatch</c>, <c>authority-not-ca</c>, <c>authority-incomplete</c>, <c>authority-expired</c>,
    /// <c>authority-path-length</c> or <c>authority-chain-broken</c>.
    /// </exception>
    public static void Require(X509Certificate2 certificate, IReadOnlyList<string> chain, IPrivateKey key, DateTimeOffset now)
    {
        var name = certificate.Subject;
        Require(key is EcdsaKey { IsAccepted: true }, name, "authority-curve", "its key is not on P-256 or P-384");
        Require(IsKeyOf(certificate, key), name, "authority-key-mismatch", "the key does not belong to the certificate");

        List<X509Certificate2> certificates = [];
        try
        {
            certificates.AddRange(chain.Select(pem => X509Certificate2.CreateFromPem(pem)));
            foreach (var (member, above) in certificates.Select((member, above) => (member, above)))
            {
                RequireAuthority(member, above, now);
            }

            RequireChain(certificates, now);
        }
        finally
        {
            certificates.ForEach(member => member.Dispose());
        }
    }

    /// <summary>The identifier of a certificate's key; null when it carries none.</summary>
    public static byte[]? KeyIdOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes.ToArray();

    private static bool IsKeyOf(X509Certificate2 certificate, IPrivateKey key) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.PublicKeyInfo);

    // above: how many authorities stand between this one and the leaves' own authority, which Baas makes.
    private static void RequireAuthority(X509Certificate2 member, int above, DateTimeOffset now)
    {
        var name = member.Subject;
        var constraints = member.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        var usage = member.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        Require(constraints is { CertificateAuthority: true }, name, "authority-not-ca", "its basic constraints do not say that it is a certificate authority");
        Require(usage is null || usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign), name, "authority-not-ca", "its key usage does not allow to sign certificates");
        Require(KeyIdOf(member) is not null, name, "authority-incomplete", "it has no subject key identifier, which Fabric demands");
        Require(member.NotAfter.ToUniversalTime() > now.UtcDateTime, name, "authority-expired", $"it has expired at {member.NotAfter.ToUniversalTime():u}");
        Require(member.NotBefore.ToUniversalTime() <= now.UtcDateTime, name, "authority-expired", $"it is not valid before {member.NotBefore.ToUniversalTime():u}");

        // Below it stand the members before it in the chain, and the authority that Baas issues.
        var needed = above + 1;
        var allowed = constraints is { HasPathLengthConstraint: true } ? constraints.PathLengthConstraint : int.MaxValue;
        Require(allowed >= needed, name, "authority-path-length", $"it allows {allowed} authorities below it, {needed} are needed");
    }

    private static void RequireChain(List<X509Certificate2> certificates, DateTimeOffset now)
    {
        var name = certificates[0].Subject;
        var root = certificates[^1];
        Require(
            root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData), name, "authority-chain-broken", "its chain does not end in a self-signed root");

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(certificates.Skip(1).ToArray());
        var holds = chain.Build(certificates[0]);
        var cause = string.Join(", ", chain.ChainStatus.Select(status => status.Status));
        Require(holds, name, "authority-chain-broken", $"its certificates do not lead to the root ({cause})");
        Require(
            chain.ChainElements.Select(element => element.Certificate.Thumbprint).SequenceEqual(certificates.Select(member => member.Thumbprint)),
            name,
            "authority-chain-broken",
            "each of its certificates has to be followed by the issuer's");
    }

    private static void Require(bool holds, string name, string code, string cause)
    {
        if (!holds)
        {
            throw new PkiException(code, $"cannot use certificate authority \"{name}\": {cause}");
        }
    }
}
