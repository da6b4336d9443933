using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Steps.Certificates;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using static Baas.Core.Tests.Steps.Certificates.CertificateLab;

namespace Baas.Core.Tests.Steps.Certificates;

public sealed class RenewalStepTests
{
    private static readonly OperationId Operation = OperationId.Parse("op-first");
    private readonly CertificateLab _lab = new();

    private PrepareRenewal Prepare => new(_lab.Stores.Identities, _lab.Issuer);

    private UseIdentity Use => new(_lab.Stores.Identities);

    [Theory]
    [InlineData(200)]
    [InlineData(400)] // expired long ago
    public async Task PrepareAndUse_KeepKeysHoldersAndHostsAndBeginTheTimeAnew(int days)
    {
        var former = await IssuedAsync();
        _lab.Clock.Now = _lab.Clock.Now.AddDays(days);

        var prepared = await Prepare.ApplyAsync(Input(former), Soon);
        Assert.Equal(former, await _lab.NodeAsync()); // the node does not notice yet
        await Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: true), Soon);

        var next = await _lab.NodeAsync();
        foreach (var (before, after) in new[] { (former.Signing!, next.Signing!), (former.Tls, next.Tls) })
        {
            var (old, now) = (CertificateFacts.Parse(before.CertificatePem), CertificateFacts.Parse(after.CertificatePem));
            Assert.Equal(before.PrivateKeyPem, after.PrivateKeyPem);
            Assert.Equal((old.Subject, old.Issuer, old.KeyId), (now.Subject, now.Issuer, now.KeyId));
            Assert.Equal(old.Hosts, now.Hosts);
            Assert.NotEqual(old.SerialNumber, now.SerialNumber);
            Assert.Equal(TimeSpan.FromDays(days), now.NotAfter - old.NotAfter);
        }

        Assert.Equal(CertificateFacts.Parse(next.Tls.CertificatePem).SerialNumber, prepared.SerialNumber);
    }

    [Fact]
    public async Task Prepare_Twice_IssuesOnceAndBothWaysLeadBack()
    {
        var former = await IssuedAsync();

        var first = await Prepare.ApplyAsync(Input(former), Soon);
        await Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: true), Soon);
        Assert.Equal(first, await Prepare.ApplyAsync(Input(former), Soon)); // also when its first run was used already
        await Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: true), Soon);
        var next = await _lab.NodeAsync();
        Assert.NotEqual(former, next);

        await Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: false), Soon);
        Assert.Equal(former, await _lab.NodeAsync());
    }

    [Fact]
    public async Task Prepare_RenewedSinceItWasLookedAt_IssuesNothing()
    {
        var former = await IssuedAsync();

        Assert.Null((await Prepare.ApplyAsync(Input(former) with { Fingerprint = "another" }, Soon)).SerialNumber);

        Assert.Null(await _lab.Stores.Identities.FindRenewalAsync(Network, Peer, Soon));
    }

    [Fact]
    public async Task Prepare_AfterAnotherOperationThatLeftItsOwn_TakesThePresentOnes()
    {
        var former = await IssuedAsync();
        await Prepare.ApplyAsync(Input(former), Soon);
        await Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: true), Soon);
        var present = await _lab.NodeAsync();
        var second = Input(present) with { Operation = OperationId.Parse("op-second") };

        await Prepare.ApplyAsync(second, Soon);
        await Use.ApplyAsync(new UseIdentity.Input(Network, second.Operation, Peer, IsNext: false), Soon);

        Assert.Equal(present, await _lab.NodeAsync());
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: true), Soon));
        Assert.Equal("identity-missing", refusal.Code);
    }

    [Fact]
    public async Task Prepare_KeepsSigning_RenewsTlsAlone()
    {
        var former = await IssuedAsync();

        await Prepare.ApplyAsync(Input(former) with { KeepsSigning = true }, Soon);
        await Use.ApplyAsync(new UseIdentity.Input(Network, Operation, Peer, IsNext: true), Soon);

        var next = await _lab.NodeAsync();
        Assert.Equal(former.Signing, next.Signing);
        Assert.NotEqual(former.Tls, next.Tls);
    }

    [Fact]
    public async Task Prepare_AuthorityHasExpired_IsRefused()
    {
        var former = await IssuedAsync();
        _lab.Clock.Now = _lab.Clock.Now.AddDays(4000);

        Assert.Equal("authority-expired", (await Assert.ThrowsAsync<PkiException>(() => Prepare.ApplyAsync(Input(former), Soon))).Code);
    }

    [Fact]
    public async Task Undo_Twice_ForgetsWhatWasKeptAndLeavesTheNodeItsIdentity()
    {
        var former = await IssuedAsync();
        var before = _lab.Blobs.Blobs.Keys.ToList();
        await Prepare.ApplyAsync(Input(former), Soon);
        Assert.NotEqual(before, _lab.Blobs.Blobs.Keys);
        Assert.All(_lab.Blobs.Blobs.Values, blob => Assert.Equal(-1, blob.Content.Span.IndexOf("PRIVATE KEY"u8)));

        await Prepare.UndoAsync(Input(former), Soon);
        await Prepare.UndoAsync(Input(former), Soon);

        Assert.Equal(before, _lab.Blobs.Blobs.Keys);
        Assert.Equal(former, await _lab.NodeAsync());
    }

    [Fact]
    public async Task RenewUser_Twice_RenewsOnceForTheSameKeys()
    {
        await IssuedAsync();
        await _lab.UsersAsync();
        var former = await _lab.Stores.Identities.ReadUserAsync(Network, Organization, UserIdentity.Admin, Soon);
        _lab.Clock.Now = _lab.Clock.Now.AddDays(500);
        var input = new RenewUser.Input(Network, Organization, UserIdentity.Admin, former.Fingerprint(), new CaSpec());
        var step = new RenewUser(_lab.Stores.Identities, _lab.Issuer);

        await step.ApplyAsync(input, Soon);
        var once = await _lab.Stores.Identities.ReadUserAsync(Network, Organization, UserIdentity.Admin, Soon);
        await step.ApplyAsync(input, Soon);

        Assert.Equal(once, await _lab.Stores.Identities.ReadUserAsync(Network, Organization, UserIdentity.Admin, Soon));
        Assert.NotEqual(former.Fingerprint(), once.Fingerprint());
        Assert.Equal((former.Signing.PrivateKeyPem, former.Tls.PrivateKeyPem), (once.Signing.PrivateKeyPem, once.Tls.PrivateKeyPem));
        Assert.Equal(CertificateFacts.Parse(former.Signing.CertificatePem).Subject, CertificateFacts.Parse(once.Signing.CertificatePem).Subject);
        Assert.True(CertificateFacts.Parse(once.Tls.CertificatePem).NotAfter > _lab.Clock.Now);
    }

    private static PrepareRenewal.Input Input(NodeIdentity former) => new(Network, Operation, Peer, NodeRole.Peer, former.Fingerprint(), new CaSpec(), KeepsSigning: false);

    private async Task<NodeIdentity> IssuedAsync()
    {
        await _lab.AuthoritiesAsync();
        await _lab.IssueAsync("peer-1.example.com", "127.0.4.17");
        return await _lab.NodeAsync();
    }
}
