using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Pki;

/// <summary>
/// What a certificate may be used for. The one list of usages: Fabric's membership service (msp/mspimplsetup.go, mspimplvalidate.go) wants CAs
/// that say so and carry a key identifier, and signing certificates with exactly one role among their organizational units.
/// </summary>
internal sealed class CertificateProfile
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private CertificateProfile(string? unit, X509KeyUsageFlags usages, params string[] purposes)
    {
        Unit = unit;
        IsAuthority = usages.HasFlag(X509KeyUsageFlags.KeyCertSign);
        Extensions =
        [
            new X509KeyUsageExtension(usages, critical: true),
            .. purposes.Length == 0 ? [] : new X509Extension[] { new X509EnhancedKeyUsageExtension([.. purposes.Select(purpose => new Oid(purpose))], critical: false) },

            // Authorities issue leaves only: no path may go on below them.
            new X509BasicConstraintsExtension(IsAuthority, IsAuthority, 0, critical: true),
        ];
    }

    /// <summary>A certificate authority right above its leaves.</summary>
    public static CertificateProfile Authority { get; } =
        new(null, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);

    /// <summary>Signs blocks.</summary>
    public static CertificateProfile Orderer { get; } = new("orderer", X509KeyUsageFlags.DigitalSignature);

    /// <summary>Signs endorsements.</summary>
    public static CertificateProfile Peer { get; } = new("peer", X509KeyUsageFlags.DigitalSignature);

    /// <summary>Signs what administrators may do.</summary>
    public static CertificateProfile Admin { get; } = new("admin", X509KeyUsageFlags.DigitalSignature);

    /// <summary>Signs transactions.</summary>
    public static CertificateProfile Client { get; } = new("client", X509KeyUsageFlags.DigitalSignature);

    /// <summary>The TLS identity of an orderer or peer, which are clients of other nodes, too.</summary>
    public static CertificateProfile TlsNode { get; } = new(null, X509KeyUsageFlags.DigitalSignature, ServerAuthentication, ClientAuthentication);

    /// <summary>The TLS identity of a node that is called only: a chaincode server.</summary>
    public static CertificateProfile TlsServer { get; } = new(null, X509KeyUsageFlags.DigitalSignature, ServerAuthentication);

    /// <summary>The TLS identity of a user.</summary>
    public static CertificateProfile TlsClient { get; } = new(null, X509KeyUsageFlags.DigitalSignature, ClientAuthentication);

    /// <summary>The role among Fabric's node units (NodeOUs); null for certificates that sign nothing in Fabric.</summary>
    public string? Unit { get; }

    /// <summary>Whether it issues certificates.</summary>
    public bool IsAuthority { get; }

    /// <summary>The extensions that are the same in every certificate of the profile.</summary>
    public IReadOnlyList<X509Extension> Extensions { get; }
}
