using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Testing;

namespace Baas.Core.Tests.Pki;

/// <summary>What openssl says of certificates and revocation lists.</summary>
public sealed class OpenSslJudgementTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [OpenSslFact]
    public async Task Verify_EveryProfile_IsAccepted()
    {
        foreach (var algorithm in Enum.GetValues<KeyAlgorithm>())
        {
            using var root = TestPki.Root(algorithm);
            Save("root.pem", root.Root);
            await AcceptedAsync("root.pem", "any");
            foreach (var (profile, purpose) in new[]
            {
                (CertificateProfile.Orderer, "any"), (CertificateProfile.Peer, "any"), (CertificateProfile.Admin, "any"), (CertificateProfile.Client, "any"),
                (CertificateProfile.TlsNode, "sslserver"), (CertificateProfile.TlsNode, "sslclient"), (CertificateProfile.TlsServer, "sslserver"), (CertificateProfile.TlsClient, "sslclient"),
            })
            {
                Save("leaf.pem", TestPki.Leaf(root, profile, profile.Unit is null ? ["localhost"] : []).CertificatePem);
                await AcceptedAsync("leaf.pem", purpose);
            }
        }
    }

    [OpenSslFact]
    public async Task Verify_HostsAndAddresses_AreFound()
    {
        using var root = TestPki.Root();
        Save("root.pem", root.Root);
        Save("leaf.pem", TestPki.Leaf(root, CertificateProfile.TlsNode, "peer-1.example.com", "127.0.4.17").CertificatePem);

        await AcceptedAsync("leaf.pem", "sslserver", "-verify_hostname", "peer-1.example.com");
        await AcceptedAsync("leaf.pem", "sslserver", "-verify_ip", "127.0.4.17");
        Assert.NotEqual(0, (await VerifyAsync("leaf.pem", "sslserver", "-verify_hostname", "peer-2.example.com")).Code);
    }

    [OpenSslFact]
    public async Task Verify_BelowABroughtIntermediate_IsAccepted()
    {
        var top = Brought.Self("CN=Top");
        var middle = Brought.Below(top, "CN=Middle", 1);
        using var brought = CertificateAuthority.OpenBrought(Brought.Pem(middle.Certificate, top.Certificate), Brought.Pem(middle.Key), DateTimeOffset.UtcNow);
        using var own = TestPki.Below(brought);
        Save("root.pem", own.Root);
        Save("between.pem", string.Concat(own.Intermediates));
        Save("leaf.pem", TestPki.Leaf(own, CertificateProfile.Peer).CertificatePem);

        await AcceptedAsync("leaf.pem", "any", "-untrusted", "between.pem");
        Assert.NotEqual(0, (await VerifyAsync("leaf.pem", "any")).Code);
    }

    [OpenSslFact]
    public Task Verify_WithRevocationList_RefusesOnlyTheRevoked() => RefusesOnlyTheRevokedAsync(KeyAlgorithm.P256);

    [OpenSslFact]
    public Task Verify_WithRevocationListOfEd25519_RefusesOnlyTheRevoked() => RefusesOnlyTheRevokedAsync(KeyAlgorithm.Ed25519);

    [OpenSslFact]
    public async Task Key_Pkcs8_IsAcceptedAndBelongsToTheCertificate()
    {
        using var root = TestPki.Root();
        var issued = TestPki.Leaf(root, CertificateProfile.Peer);
        Save("key.pem", issued.PrivateKeyPem);
        Save("leaf.pem", issued.CertificatePem);

        var ofKey = await OpenSsl.RunAsync(_folder.Path, "pkey", "-in", "key.pem", "-pubout", "-check");
        var ofCertificate = await OpenSsl.RunAsync(_folder.Path, "x509", "-in", "leaf.pem", "-noout", "-pubkey");

        Assert.Equal(0, ofKey.Code);
        Assert.Contains(ofCertificate.Output.Trim(), ofKey.Output, StringComparison.Ordinal);
    }

    private async Task RefusesOnlyTheRevokedAsync(KeyAlgorithm algorithm)
    {
        using var root = TestPki.Root(algorithm);
        var revoked = TestPki.Leaf(root, CertificateProfile.Client).CertificatePem;
        Save("root.pem", root.Root);
        Save("revoked.pem", revoked);
        Save("good.pem", TestPki.Leaf(root, CertificateProfile.Client).CertificatePem);
        Save("list.pem", CertificateRevocations.Add(root, null, [revoked], DateTimeOffset.UtcNow.AddMinutes(-1), TimeSpan.FromDays(30)));

        var read = await OpenSsl.RunAsync(_folder.Path, "crl", "-in", "list.pem", "-CAfile", "root.pem", "-noout", "-text");
        Assert.Contains("verify OK", read.Output, StringComparison.Ordinal);
        await AcceptedAsync("good.pem", "any", "-crl_check", "-CRLfile", "list.pem");
        var refused = await VerifyAsync("revoked.pem", "any", "-crl_check", "-CRLfile", "list.pem");
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("certificate revoked", refused.Output, StringComparison.Ordinal);
    }

    private void Save(string name, string text) => File.WriteAllText(_folder.In(name), text);

    private async Task AcceptedAsync(string certificate, string purpose, params string[] more)
    {
        var (code, output) = await VerifyAsync(certificate, purpose, more);
        Assert.True(code == 0, output);
    }

    private Task<(int Code, string Output)> VerifyAsync(string certificate, string purpose, params string[] more) =>
        OpenSsl.RunAsync(_folder.Path, ["verify", "-x509_strict", "-purpose", purpose, "-CAfile", "root.pem", .. more, certificate]);
}
