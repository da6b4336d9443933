using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Keys;

namespace Baas.Core.Pki;

/// <summary>A certificate authority with its key and its issuers. For one caller at a time; dispose it, for the key's sake.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly IPrivateKey _key;

    private CertificateAuthority(IReadOnlyList<string> chain, X509Certificate2 certificate, IPrivateKey key)
    {
        Chain = chain;
        _certificate = certificate;
        _key = key;
        KeyId = AuthorityTerms.KeyIdOf(certificate) ?? throw new PkiException(
            "authority-incomplete", $"cannot use certificate authority \"{certificate.Subject}\": it has no subject key identifier, which Fabric demands");
    }

    /// <summary>Its certificate and those of its issuers up to the root, each PEM.</summary>
    public IReadOnlyList<string> Chain { get; }

    /// <summary>The same as one text.</summary>
    public string ChainPem => string.Concat(Chain);

    /// <summary>The root certificate, PEM.</summary>
    public string Root => Chain[^1];

    /// <summary>The certificates below the root, its own first; none when it is the root itself.</summary>
    public IReadOnlyList<string> Intermediates => [.. Chain.SkipLast(1)];

    /// <summary>Its key, PKCS#8 PEM.</summary>
    public string PrivateKeyPem => _key.ToPem();

    /// <summary>Its name, DER.</summary>
    public byte[] Name => _certificate.SubjectName.RawData;

    /// <summary>The identifier of its key.</summary>
    public byte[] KeyId { get; }

    /// <summary>From when it is valid.</summary>
    public DateTimeOffset NotBefore => new(_certificate.NotBefore.ToUniversalTime());

    /// <summary>Until when it is valid.</summary>
    public DateTimeOffset NotAfter => new(_certificate.NotAfter.ToUniversalTime());

    /// <summary>Opens an authority that this code has made: nothing is judged.</summary>
    /// <param name="chainPem">Its certificate, followed by its issuers up to the root.</param>
    /// <param name="privateKeyPem">Its key.</param>
    /// <exception cref="PkiException">The texts hold no certificates or no key (<c>authority-invalid</c>).</exception>
    public static CertificateAuthority Open(string chainPem, string privateKeyPem)
    {
        try
        {
            var chain = CertificatePem.Split(chainPem);
            var key = PrivateKeys.Read(privateKeyPem);
            return Make(chain, key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // The parser's words may quote the key: only their kind is told.
            throw new PkiException("authority-invalid", "cannot open certificate authority: it is no certificate with an ECDSA or Ed25519 key in PEM", new CryptographicException(failure.GetType().Name));
        }
    }

    /// <summary>Opens an authority that a customer has brought, after judging it (<see cref="AuthorityTerms"/>).</summary>
    /// <exception cref="PkiException">Fabric could not use it; the code says why.</exception>
    public static CertificateAuthority OpenBrought(string chainPem, string privateKeyPem, DateTimeOffset now)
    {
        var authority = Open(chainPem, privateKeyPem);
        try
        {
            AuthorityTerms.Require(authority._certificate, authority.Chain, authority._key, now);
            return authority;
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }

    /// <summary>Puts an authority together from its fresh certificate, its issuers and its key, which it owns from then on.</summary>
    public static CertificateAuthority Make(IReadOnlyList<string> chain, IPrivateKey key)
    {
        try
        {
            return new CertificateAuthority(chain, X509Certificate2.CreateFromPem(chain[0]), key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Issues a certificate, PEM.</summary>
    public string Issue(CertificateProfile profile, byte[] subject, byte[] publicKey, (DateTimeOffset From, DateTimeOffset Until) validity, IReadOnlyList<string> hosts) =>
        CertificatePem.Of(CertificateWriter.Write(
            new CertificateContent
            {
                Profile = profile,
                Subject = subject,
                Issuer = Name,
                PublicKey = publicKey,
                IssuerKeyId = KeyId,
                NotBefore = validity.From,
                NotAfter = validity.Until,
                Hosts = hosts,
            },
            _key));

    /// <summary>Signs a revocation list, DER.</summary>
    internal byte[] Sign(CertificateRevocationListBuilder revocations, System.Numerics.BigInteger number, DateTimeOffset from, DateTimeOffset until) =>
        revocations.Build(
            _certificate.SubjectName,
            new RevocationSignatures(_key),
            number,
            until,
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(KeyId),
            from);

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
