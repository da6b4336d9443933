using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Pki;

namespace Baas.Core.Tests.Pki;

public sealed class AuthorityTermsTests
{
    private static readonly (X509Certificate2 Certificate, ECDsa Key) Root = Brought.Self("CN=Root");

    [Fact]
    public void OpenBrought_RootOrIntermediates_AreTaken()
    {
        var upper = Brought.Below(Root, "CN=Upper", 2);
        var lower = Brought.Below(upper, "CN=Lower", 1);
        var p384 = Brought.Self("CN=Root", ECCurve.NamedCurves.nistP384);

        using var root = Open(Root);
        using var intermediate = Open(lower, upper.Certificate, Root.Certificate);
        using var large = Open(p384);

        Assert.Empty(root.Intermediates);
        Assert.Equal(2, intermediate.Intermediates.Count);
        Assert.Equal(root.Root, intermediate.Root);
    }

    [Fact]
    public void OpenBrought_NoAuthority_IsRefused()
    {
        Refused("authority-not-ca", Brought.Self("CN=Leaf", isAuthority: false));
        Refused("authority-not-ca", Brought.Self("CN=Root", usages: X509KeyUsageFlags.DigitalSignature));
    }

    [Fact]
    public void OpenBrought_NotValidNow_IsRefused()
    {
        Refused("authority-expired", Brought.Self("CN=Old", fromDays: -10, untilDays: -1));
        Refused("authority-expired", Brought.Self("CN=Early", fromDays: 2));
    }

    [Fact]
    public void OpenBrought_IssuerHasExpired_IsRefused()
    {
        var old = Brought.Self("CN=Old", fromDays: -10, untilDays: -1);

        Refused("authority-expired", Brought.Below(old, "CN=Below"), old.Certificate);
    }

    [Fact]
    public void OpenBrought_KeyOfAnother_IsRefused() => Refused("authority-key-mismatch", (Root.Certificate, Brought.Self("CN=Other").Key));

    [Fact]
    public void OpenBrought_CurveThatFabricLacks_IsRefused() => Refused("authority-curve", Brought.Self("CN=Root", ECCurve.NamedCurves.nistP521));

    [Fact]
    public void OpenBrought_Ed25519_IsRefused()
    {
        using var own = TestPki.Root(Baas.Core.Networks.KeyAlgorithm.Ed25519);

        Assert.Equal("authority-curve", Assert.Throws<PkiException>(() => CertificateAuthority.OpenBrought(own.ChainPem, own.PrivateKeyPem, DateTimeOffset.UtcNow)).Code);
    }

    [Fact]
    public void OpenBrought_RsaKey_IsRefused()
    {
        using var key = RSA.Create(2048);

        var failure = Assert.Throws<PkiException>(() => CertificateAuthority.OpenBrought(Brought.Pem(Root.Certificate), key.ExportPkcs8PrivateKeyPem(), DateTimeOffset.UtcNow));

        Assert.Equal("authority-invalid", failure.Code);
    }

    [Fact]
    public void OpenBrought_PathTooShort_IsRefused()
    {
        var narrow = Brought.Self("CN=Narrow", pathLength: 1);

        Refused("authority-path-length", Brought.Self("CN=Root", pathLength: 0));
        Refused("authority-path-length", Brought.Below(narrow, "CN=Below"), narrow.Certificate);
    }

    [Fact]
    public void OpenBrought_NoKeyIdentifier_IsRefused() => Refused("authority-incomplete", Brought.Self("CN=Root", hasKeyId: false));

    [Fact]
    public void OpenBrought_ChainDoesNotHold_IsRefused()
    {
        var below = Brought.Below(Root, "CN=Below");
        var namesake = Brought.Self("CN=Root");
        var upper = Brought.Below(Root, "CN=Upper");

        Refused("authority-chain-broken", below);
        Refused("authority-chain-broken", below, namesake.Certificate);
        Refused("authority-chain-broken", below, upper.Certificate, Root.Certificate);
    }

    private static CertificateAuthority Open((X509Certificate2 Certificate, ECDsa Key) authority, params X509Certificate2[] above) =>
        CertificateAuthority.OpenBrought(Brought.Pem([authority.Certificate, .. above]), Brought.Pem(authority.Key), DateTimeOffset.UtcNow);

    private static void Refused(string code, (X509Certificate2 Certificate, ECDsa Key) authority, params X509Certificate2[] above) =>
        Assert.Equal(code, Assert.Throws<PkiException>(() => Open(authority, above)).Code);
}
