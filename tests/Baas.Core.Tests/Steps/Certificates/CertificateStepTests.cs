using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Steps.Certificates;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Tests.Pki;
using Org.BouncyCastle.Crypto.Parameters;
using static Baas.Core.Tests.Steps.Certificates.CertificateLab;

namespace Baas.Core.Tests.Steps.Certificates;

public sealed class CertificateStepTests
{
    private readonly CertificateLab _lab = new();

    [Fact]
    public async Task CreateAuthorities_Twice_KeepsKeysAndTrust()
    {
        await _lab.AuthoritiesAsync();
        var first = Contents();

        await _lab.AuthoritiesAsync();

        Assert.Equal(first, Contents());
        var trust = await _lab.Stores.Identities.ReadTrustAsync(Network, Organization, Soon);
        Assert.Equal(Msp, trust.MspId);
        Assert.Single(trust.Roots);
        Assert.Single(trust.TlsRoots);
        Assert.Empty(trust.Intermediates);
        Assert.Empty(trust.TlsIntermediates);
        Assert.NotEqual(trust.Roots, trust.TlsRoots);
    }

    [Fact]
    public async Task CreateAuthorities_StoppedBeforeTrust_MakesTrustForTheSameKeys()
    {
        await _lab.AuthoritiesAsync();
        var trust = await _lab.Stores.Identities.ReadTrustAsync(Network, Organization, Soon);
        await _lab.Blobs.DeleteAsync(ArtifactNames.Trust(Network, Organization), BlobCondition.None, Soon);

        await _lab.AuthoritiesAsync();

        Assert.Equal(trust.Roots, (await _lab.Stores.Identities.ReadTrustAsync(Network, Organization, Soon)).Roots);
    }

    [Fact]
    public async Task CreateAuthorities_BroughtIssuer_PutsItsChainIntoTheTrust()
    {
        await _lab.Stores.BroughtAuthorities.PutAsync(Network.Tenant, CaName.Parse("corporate"), new BroughtAuthority(Brought.RootPem, Brought.RootKeyPem), Soon);

        await _lab.AuthoritiesAsync(new CaSpec { SigningIssuer = CaName.Parse("corporate"), TlsIssuer = CaName.Parse("corporate") });
        var issued = await _lab.IssueAsync("peer-1.example.com");

        var trust = await _lab.Stores.Identities.ReadTrustAsync(Network, Organization, Soon);
        Assert.Equal([Brought.RootPem], trust.Roots);
        Assert.Equal([Brought.RootPem], trust.TlsRoots);
        var node = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);
        Assert.Equal(node.Signing!.LeafPem, node.Signing.CertificatePem);
        Assert.Equal(node.Tls.LeafPem + Assert.Single(trust.TlsIntermediates), node.Tls.CertificatePem);
        TestPki.Read(node.Signing.LeafPem).Verify(TestPki.Read(Assert.Single(trust.Intermediates)).GetPublicKey());
        Assert.Equal(issued, await _lab.IssueAsync("peer-1.example.com"));
    }

    [Fact]
    public async Task CreateAuthorities_IssuerIsAbsentOrBad_IsRefusedAndLeavesNothing()
    {
        var ca = new CaSpec { SigningIssuer = CaName.Parse("corporate") };
        Assert.Equal("authority-missing", (await Assert.ThrowsAsync<StorageException>(() => _lab.AuthoritiesAsync(ca))).Code);

        var (certificate, key) = Brought.Self("CN=Old", fromDays: -3, untilDays: -1);
        await _lab.Stores.BroughtAuthorities.PutAsync(Network.Tenant, CaName.Parse("corporate"), new BroughtAuthority(Brought.Pem(certificate), Brought.Pem(key)), Soon);
        Assert.Equal("authority-expired", (await Assert.ThrowsAsync<PkiException>(() => _lab.AuthoritiesAsync(ca))).Code);
        Assert.Null(await _lab.Stores.Identities.FindAuthorityAsync(Network, Organization, Soon));
    }

    [Fact]
    public async Task IssueUsers_Twice_KeepsAdminAndClient()
    {
        await _lab.AuthoritiesAsync();
        await _lab.UsersAsync();
        var first = Contents();

        await _lab.UsersAsync();

        Assert.Equal(first, Contents());
        var admin = await _lab.Stores.Identities.ReadUserAsync(Network, Organization, UserIdentity.Admin, Soon);
        var client = await _lab.Stores.Identities.ReadUserAsync(Network, Organization, UserIdentity.Client, Soon);
        Assert.Contains("OU=admin", CertificateFacts.Parse(admin.Signing.CertificatePem).Subject, StringComparison.Ordinal);
        Assert.Contains("OU=client", CertificateFacts.Parse(client.Signing.CertificatePem).Subject, StringComparison.Ordinal);
        Assert.NotEqual(admin.Signing.PrivateKeyPem, admin.Tls.PrivateKeyPem);
    }

    [Fact]
    public async Task IssueNodeCertificates_Twice_KeepsThem()
    {
        await _lab.AuthoritiesAsync();
        var issued = await _lab.IssueAsync("peer-1.example.com", "127.0.4.17");
        var first = Contents();

        Assert.Equal(issued, await _lab.IssueAsync("127.0.4.17", "peer-1.example.com"));
        Assert.Equal(first, Contents());
    }

    [Fact]
    public async Task IssueNodeCertificates_HostsChange_RenewsTlsForTheSameKey()
    {
        await _lab.AuthoritiesAsync();
        var issued = await _lab.IssueAsync("peer-1.example.com");
        var before = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);

        var again = await _lab.IssueAsync("peer-1.example.com", "127.0.4.17");

        var after = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);
        Assert.NotEqual(issued, again);
        Assert.Equal(before.Signing, after.Signing);
        Assert.Equal(before.Tls.PrivateKeyPem, after.Tls.PrivateKeyPem);
        Assert.Equal(["127.0.4.17", "peer-1.example.com"], CertificateFacts.Parse(after.Tls.CertificatePem).Hosts.Order());
    }

    [Fact]
    public async Task IssueNodeCertificates_Expired_RenewsForTheSameKeys()
    {
        await _lab.AuthoritiesAsync();
        await _lab.IssueAsync("peer-1.example.com");
        var before = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);

        _lab.Clock.Now = _lab.Clock.Now.AddDays(400);
        await _lab.IssueAsync("peer-1.example.com");

        var after = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);
        Assert.Equal(before.Signing!.PrivateKeyPem, after.Signing!.PrivateKeyPem);
        Assert.NotEqual(before.Signing.CertificatePem, after.Signing.CertificatePem);
        Assert.Equal(before.Tls.PrivateKeyPem, after.Tls.PrivateKeyPem);
        Assert.True(CertificateFacts.Parse(after.Tls.CertificatePem).NotAfter > _lab.Clock.Now);
    }

    [Theory]
    [InlineData(NodeRole.Orderer, "orderer")]
    [InlineData(NodeRole.Peer, "peer")]
    [InlineData(NodeRole.Chaincode, null)]
    public async Task IssueNodeCertificates_Role_DecidesTheSigningIdentity(NodeRole role, string? unit)
    {
        var ca = new CaSpec { Algorithm = KeyAlgorithm.P384 };
        await _lab.AuthoritiesAsync(ca);

        await _lab.Nodes.ApplyAsync(new IssueNodeCertificates.Input(Network, Peer, Msp, role, ca, ["node.example.com"]), Soon);

        var node = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);
        Assert.Equal(unit is null ? null : $"CN=peer-1.org1, OU={unit}, O=org1.net1.acme", node.Signing is { } signing ? CertificateFacts.Parse(signing.CertificatePem).Subject : null);
        Assert.Equal(["node.example.com"], CertificateFacts.Parse(node.Tls.CertificatePem).Hosts);
    }

    [Fact]
    public async Task Steps_Ed25519_IsForIdentitiesAndTlsStaysOnP256()
    {
        await _lab.Stores.BroughtAuthorities.PutAsync(Network.Tenant, CaName.Parse("corporate"), new BroughtAuthority(Brought.RootPem, Brought.RootKeyPem), Soon);
        var ca = new CaSpec { Algorithm = KeyAlgorithm.Ed25519, SigningIssuer = CaName.Parse("corporate") };
        await _lab.AuthoritiesAsync(ca);
        await _lab.Users.ApplyAsync(new IssueUsers.Input(Network, Organization, Msp, ca), Soon);
        await _lab.Nodes.ApplyAsync(new IssueNodeCertificates.Input(Network, Peer, Msp, NodeRole.Peer, ca, ["peer-1.example.com"]), Soon);

        var authority = await _lab.Stores.Identities.ReadAuthorityAsync(Network, Organization, Soon);
        var node = await _lab.Stores.Identities.ReadNodeAsync(Network, Peer, Soon);
        var admin = await _lab.Stores.Identities.ReadUserAsync(Network, Organization, UserIdentity.Admin, Soon);

        Assert.All([authority.Signing, node.Signing!, admin.Signing], pair => Assert.IsType<Ed25519PublicKeyParameters>(TestPki.Read(pair.LeafPem).GetPublicKey()));
        Assert.All([authority.Tls, node.Tls, admin.Tls], pair => Assert.Equal(256, ((ECPublicKeyParameters)TestPki.Read(pair.LeafPem).GetPublicKey()).Parameters.Curve.FieldSize));
        TestPki.Read(node.Signing!.LeafPem).Verify(TestPki.Read(authority.Signing.LeafPem).GetPublicKey());
    }

    [Fact]
    public async Task IssueNodeCertificates_NoHostOrNoAuthority_IsRefused()
    {
        Assert.Equal("identity-missing", (await Assert.ThrowsAsync<StorageException>(() => _lab.IssueAsync("peer-1.example.com"))).Code);
        await _lab.AuthoritiesAsync();
        Assert.Equal("host-missing", (await Assert.ThrowsAsync<PkiException>(() => _lab.IssueAsync())).Code);
    }

    [Fact]
    public async Task Undo_WholeOrAbsent_LeavesNothingOfTheIdentities()
    {
        await _lab.AuthoritiesAsync();
        await _lab.UsersAsync();
        await _lab.IssueAsync("peer-1.example.com");

        for (var turn = 0; turn < 2; turn++)
        {
            await _lab.Nodes.UndoAsync(new IssueNodeCertificates.Input(Network, Peer, Msp, NodeRole.Peer, new CaSpec(), []), Soon);
            await _lab.Users.UndoAsync(new IssueUsers.Input(Network, Organization, Msp, new CaSpec()), Soon);
            await _lab.Authorities.UndoAsync(new CreateAuthorities.Input(Network, Organization, Msp, new CaSpec()), Soon);

            Assert.Equal([ArtifactNames.Secrets(Network).DataKeyName], _lab.Blobs.Blobs.Keys); // goes with the network
        }
    }

    [Fact]
    public async Task Steps_Always_StoreNoKeyInPlainText()
    {
        await _lab.AuthoritiesAsync();
        await _lab.UsersAsync();
        await _lab.IssueAsync("peer-1.example.com");

        Assert.All(_lab.Blobs.Blobs.Values, blob => Assert.Equal(-1, blob.Content.Span.IndexOf("PRIVATE KEY"u8)));
    }

    private Dictionary<string, string> Contents() => _lab.Blobs.Blobs.ToDictionary(blob => blob.Key, blob => Convert.ToHexString(blob.Value.Content.Span));
}
