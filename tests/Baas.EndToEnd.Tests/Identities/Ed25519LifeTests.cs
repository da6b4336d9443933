using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Steps;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Functions.Http;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Identities;

/// <summary>A network with Ed25519 identities is made, renewed, backed up, restored and deleted, and keeps its keys; its authority takes one back.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class Ed25519LifeTests : IDisposable
{
    private const string Name = "edwards";
    private const string Ecdsa = "1.2.840.10045.2.1";

    private static readonly OrganizationName Org1 = OrganizationName.Parse("org1");
    private static readonly NodeReference Peer = NodeReference.Peer(Org1, 1);
    private static readonly NodeReference Orderer = NodeReference.Orderer(OrganizationName.Parse("orderer"), 1);

    private readonly TestFolder _folder = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(6));

    private CancellationToken Soon => _stop.Token;

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task Life_OnEmulatedNodes_KeepsTheKeys() => LiveAsync(options => options);

    [RealNodesFact]
    public Task Life_OnFabricsOwnNodes_KeepsTheKeys()
    {
        var images = AssetChaincode.WriteTo(_folder.Path);
        return LiveAsync(options => options with { Nodes = SandboxNodes.Process, FabricBin = FabricBinaries.FolderOf(RealNetwork.Version), ImageFiles = [images] });
    }

    private async Task LiveAsync(Func<SandboxOptions, SandboxOptions> nodes)
    {
        await using var host = await SandboxHost.StartAsync(nodes);
        await using var service = await host.StartServiceAsync("service");
        Succeeded(await service.Api.CreateToEndAsync(Name, Ed25519.In(DrillNetwork.Specification(Name))));
        var network = new DrillNetwork(service, Name);
        await network.WriteAsync("before", 3);
        var keys = await KeysAsync(service, network.Reference);
        Assert.All(keys.Signing, key => Assert.Equal(Ed25519.Algorithm, key.Oid.Value));
        Assert.All(keys.Tls, key => Assert.Equal(Ecdsa, key.Oid.Value));

        foreach (var one in new[] { "organization=orderer&node=orderer-1&all=true", "organization=org1&node=peer-1&all=true" })
        {
            Succeeded(await service.Api.RenewToEndAsync(Name, one, minutes: 3));
        }

        await network.WriteAsync("renewed", 2);
        var backup = BackupId.Of(Succeeded(await service.Api.BackUpToEndAsync(Name)).Id);
        Succeeded(await service.Api.DeleteToEndAsync(Name));
        Assert.Null(await service.Api.FindAsync(Name));
        Succeeded(await service.Api.RestoreToEndAsync(Name, backup));
        await network.AssertAssetsAsync(network.Written);
        await network.WriteAsync("restored", 2);
        Assert.Equal(Texts(keys), Texts(await KeysAsync(service, network.Reference)));

        await RevokesAsync(service, network.Reference);
        Succeeded(await service.Api.DeleteToEndAsync(Name));
        Assert.Empty((await Remains.OfAsync(host, service, Name)).Objects); // its backup stays
        Assert.Null(await service.Get<IdentityStore>().FindAuthorityAsync(network.Reference, Org1, Soon));
    }

    /// <summary>A peer gets a revocation list with its next certificate, and does not know the client any more.</summary>
    private async Task RevokesAsync(ServiceRun service, NetworkReference network)
    {
        var identities = service.Get<IdentityStore>();
        var client = await identities.ReadUserAsync(network, Org1, UserIdentity.Client, Soon);
        var admin = await identities.ReadUserAsync(network, Org1, UserIdentity.Admin, Soon);
        Assert.Single(await ChannelsAsync(service, network, client));

        var authority = await identities.ReadAuthorityAsync(network, Org1, Soon);
        using var signing = CertificateAuthority.Open(authority.Signing.CertificatePem, authority.Signing.PrivateKeyPem);
        var list = CertificateRevocations.Add(signing, null, [client.Signing.CertificatePem], DateTimeOffset.UtcNow, TimeSpan.FromDays(30));
        await identities.PutTrustAsync(network, Org1, await identities.ReadTrustAsync(network, Org1, Soon) with { RevocationLists = [list] }, Soon);
        Succeeded(await service.Api.RenewToEndAsync(Name, "organization=org1&node=peer-1&all=true", minutes: 3));

        Assert.Single(await ChannelsAsync(service, network, admin));
        await Assert.ThrowsAsync<PeerRejectedException>(() => ChannelsAsync(service, network, client));
    }

    private async Task<IReadOnlyList<ChannelName>> ChannelsAsync(ServiceRun service, NetworkReference network, UserIdentity user)
    {
        var endpoint = await service.Get<ArtifactStore>().FindEndpointAsync(network, Peer, Soon);
        var connection = await service.Get<FabricAccess>().ConnectAsync(network, endpoint!, Soon); // a ready network has recorded it
        using var signer = Signers.FromPem(user.MspId, user.Signing.CertificatePem, user.Signing.PrivateKeyPem);
        return await new PeerAdmin(new Endorser(connection, signer, TimeProvider.System)).ListChannelsAsync(Soon);
    }

    private async Task<(IReadOnlyList<PublicKey> Signing, IReadOnlyList<PublicKey> Tls)> KeysAsync(ServiceRun service, NetworkReference network)
    {
        var identities = service.Get<IdentityStore>();
        var authority = await identities.ReadAuthorityAsync(network, Org1, Soon);
        var peer = await identities.ReadNodeAsync(network, Peer, Soon);
        var orderer = await identities.ReadNodeAsync(network, Orderer, Soon);
        var admin = await identities.ReadUserAsync(network, Org1, UserIdentity.Admin, Soon);
        return (Keys(authority.Signing, peer.Signing!, orderer.Signing!, admin.Signing), Keys(authority.Tls, peer.Tls, orderer.Tls, admin.Tls)); // peers and orderers sign
    }

    private static IReadOnlyList<PublicKey> Keys(params KeyPair[] pairs) => [.. pairs.Select(pair =>
    {
        using var certificate = X509Certificate2.CreateFromPem(pair.LeafPem);
        return certificate.PublicKey;
    })];

    private static IReadOnlyList<string> Texts((IReadOnlyList<PublicKey> Signing, IReadOnlyList<PublicKey> Tls) keys) =>
        [.. keys.Signing.Concat(keys.Tls).Select(key => Convert.ToHexString(key.EncodedKeyValue.RawData))];

    private static OperationResource Succeeded(OperationResource operation)
    {
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        return operation;
    }
}
