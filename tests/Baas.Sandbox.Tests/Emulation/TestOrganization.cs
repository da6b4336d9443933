using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>An organization made by hand: a signing CA, a TLS CA, and what they issue.</summary>
internal sealed class TestOrganization
{
    private readonly X509Certificate2 _ca;
    private readonly X509Certificate2 _tlsCa;

    public TestOrganization(string mspId)
    {
        MspId = mspId;
        _ca = Authority($"ca.{mspId}");
        _tlsCa = Authority($"tlsca.{mspId}");
        Admin = Issue("admin", "admin");
    }

    public string MspId { get; }

    public TestIdentity Admin { get; }

    public byte[] TlsRoot => _tlsCa.RawData;

    public string TlsRootPem => _tlsCa.ExportCertificatePem();

    public TestIdentity Issue(string name, string unit, DateTimeOffset? notAfter = null) => new(MspId, Leaf(_ca, name, unit, null, notAfter, "1.3.6.1.5.5.7.3.2"));

    /// <summary>The same with an Ed25519 key, which the platform does not know.</summary>
    public TestIdentity IssueEd25519(string name, string unit)
    {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        byte[] info = [.. Convert.FromHexString("302a300506032b6570032100"), .. key.GeneratePublicKey().GetEncoded()]; // RFC 8410
        var request = new CertificateRequest(new X500DistinguishedName($"OU={unit}, CN={name}"), PublicKey.CreateFromSubjectPublicKeyInfo(info, out _), HashAlgorithmName.SHA256);
        using var caKey = _ca.GetECDsaPrivateKey()!;
        var certificate = request.Create(
            _ca.SubjectName, X509SignatureGenerator.CreateForECDsa(caKey), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30), [1, .. RandomNumberGenerator.GetBytes(12)]);
        return new TestIdentity(MspId, certificate, key);
    }

    public X509Certificate2 IssueTls(string name, params IPAddress[] addresses) => Leaf(_tlsCa, name, "tls", addresses, null, "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");

    public FabricMSPConfig Msp() => new()
    {
        Name = MspId,
        RootCerts = { ByteString.CopyFromUtf8(_ca.ExportCertificatePem()) },
        TlsRootCerts = { ByteString.CopyFromUtf8(TlsRootPem) },
        FabricNodeOus = new FabricNodeOUs { Enable = true, ClientOuIdentifier = Unit("client"), PeerOuIdentifier = Unit("peer"), AdminOuIdentifier = Unit("admin"), OrdererOuIdentifier = Unit("orderer") },
    };

    public void WriteMsp(string folder, TestIdentity identity)
    {
        Write(Path.Combine(folder, "cacerts", "ca.pem"), _ca.ExportCertificatePem());
        Write(Path.Combine(folder, "tlscacerts", "ca.pem"), TlsRootPem);
        Write(Path.Combine(folder, "signcerts", "cert.pem"), identity.Certificate.ExportCertificatePem());
        Write(Path.Combine(folder, "keystore", "key.pem"), identity.Key.ExportPkcs8PrivateKeyPem());
        Write(Path.Combine(folder, "config.yaml"), """
            NodeOUs:
              Enable: true
              ClientOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: client }
              PeerOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: peer }
              AdminOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: admin }
              OrdererOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: orderer }
            """);
    }

    public static void WriteTls(string folder, X509Certificate2 certificate, string rootPem)
    {
        Write(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        Write(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        Write(Path.Combine(folder, "ca.crt"), rootPem);
    }

    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static FabricOUIdentifier Unit(string name) => new() { OrganizationalUnitIdentifier = name };

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddYears(1));
    }

    private static X509Certificate2 Leaf(X509Certificate2 issuer, string name, string unit, IPAddress[]? addresses, DateTimeOffset? notAfter, params string[] usages)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"OU={unit}, CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], false));
        if (addresses is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            Array.ForEach(addresses, names.AddIpAddress);
            request.CertificateExtensions.Add(names.Build());
        }

        var certificate = request.Create(issuer, DateTimeOffset.UtcNow.AddDays(-1), notAfter ?? DateTimeOffset.UtcNow.AddDays(30), RandomNumberGenerator.GetBytes(12).Prepend((byte)1).ToArray());
        return certificate.CopyWithPrivateKey(key);
    }
}

/// <summary>Somebody who signs.</summary>
internal sealed class TestIdentity(string mspId, X509Certificate2 certificate, Ed25519PrivateKeyParameters? edwards = null)
{
    // Half the order of P-256.
    private static readonly System.Numerics.BigInteger Order =
        new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    public X509Certificate2 Certificate { get; } = certificate;

    public ECDsa Key { get; } = certificate.GetECDsaPrivateKey()!;

    public ByteString Serialized { get; } = new SerializedIdentity { Mspid = mspId, IdBytes = ByteString.CopyFromUtf8(certificate.ExportCertificatePem()) }.ToByteString();

    public ByteString Sign(ReadOnlySpan<byte> data, bool lowS = true)
    {
        if (edwards is not null)
        {
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, edwards);
            signer.BlockUpdate(data);
            return ByteString.CopyFrom(signer.GenerateSignature());
        }

        var raw = Key.SignHash(SHA256.HashData(data));
        var s = new System.Numerics.BigInteger(raw.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(raw.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(s > Order / 2 == lowS ? Order - s : s);
        }

        return ByteString.CopyFrom(writer.Encode());
    }

    public SignatureHeader Header() => new() { Creator = Serialized, Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(24)) };
}
