using Baas.Core.Fabric.Transport;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Steps;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Health;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Health;
using Baas.Testing.Time;

namespace Baas.EndToEnd.Tests.Renewals;

/// <summary>What the nodes of a network show in handshakes, and what is stored for them.</summary>
internal sealed class ShownCertificates(ServiceRun service, string name)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly OperationId Past = OperationId.Parse("op-past");

    private readonly NetworkReference _network = new(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(name));

    private IdentityStore Identities => service.Get<IdentityStore>();

    /// <summary>The serial numbers that orderers and peers show now.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync()
    {
        SortedDictionary<string, string> shown = new(StringComparer.Ordinal);
        foreach (var node in await NodesAsync())
        {
            var connection = await service.Get<FabricAccess>().ConnectAsync(_network, node, CancellationToken.None);
            shown[node.Node.ToString()] = await connection.ReadSerialNumberAsync(Limit, CancellationToken.None);
        }

        return shown;
    }

    /// <summary>Orderers and peers show what is stored for them, and nothing is kept of a renewal.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AssertAreStoredAsync()
    {
        var shown = await ReadAsync();
        foreach (var node in await NodesAsync())
        {
            var stored = await Identities.ReadNodeAsync(_network, node.Node, CancellationToken.None);
            Assert.Equal(CertificateFacts.Parse(stored.Tls.CertificatePem).SerialNumber, shown[node.Node.ToString()]);
        }

        Assert.DoesNotContain(await service.Get<SecretStore>().ListAsync(ArtifactNames.Secrets(_network), "", CancellationToken.None).ToListAsync(), secret => secret.Contains("/renewals/", StringComparison.Ordinal));
        return shown;
    }

    /// <summary>The private keys of all nodes.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync()
    {
        List<string> keys = [];
        foreach (var node in await service.Get<ArtifactStore>().ListEndpointsAsync(_network, CancellationToken.None))
        {
            var identity = await Identities.ReadNodeAsync(_network, node.Node, CancellationToken.None);
            keys.Add($"{identity.Signing?.PrivateKeyPem}{identity.Tls.PrivateKeyPem}");
        }

        return keys;
    }

    /// <summary>
    /// Gives all users and nodes certificates that have expired half an hour ago, and lets the nodes restart with them. With expired TLS certificates nodes
    /// run, and nobody trusts them; with expired signing certificates they do not start.
    /// </summary>
    public async Task ExpireAsync(bool isTlsAlone)
    {
        var issuer = new CertificateIssuer(new ShiftedClock(TimeSpan.FromMinutes(-50)));
        var ca = new CaSpec { Validity = Duration.Parse("20m") };
        foreach (var organization in (await service.Api.FindAsync(name))!.Specification!.Organizations.Select(one => one.Name).Append(OrganizationName.Parse("orderer")))
        {
            foreach (var user in new[] { UserIdentity.Admin, UserIdentity.Client })
            {
                var former = await Identities.ReadUserAsync(_network, organization, user, CancellationToken.None);
                await new RenewUser(Identities, issuer).ApplyAsync(new RenewUser.Input(_network, organization, user, former.Fingerprint(), ca), CancellationToken.None);
            }
        }

        foreach (var node in await service.Get<ArtifactStore>().ListEndpointsAsync(_network, CancellationToken.None))
        {
            var former = await Identities.ReadNodeAsync(_network, node.Node, CancellationToken.None);
            var prepare = new PrepareRenewal.Input(_network, Past, node.Node, node.Role, former.Fingerprint(), ca, KeepsSigning: isTlsAlone);
            await new PrepareRenewal(Identities, issuer).ApplyAsync(prepare, CancellationToken.None);
            await new UseIdentity(Identities).ApplyAsync(new UseIdentity.Input(_network, Past, node.Node, IsNext: true), CancellationToken.None);
            await new PrepareRenewal(Identities, issuer).UndoAsync(prepare, CancellationToken.None);
            var reapply = new ReapplyObjects(service.Get<KubernetesClusters>(), service.Get<RecordStore>(), service.Get<ArtifactStore>(), service.Get<WantedObjects>());
            await reapply.ApplyAsync(new ReapplyObjects.Input(_network, node.Node.Organization, node.Node.Node), CancellationToken.None);
        }

        foreach (var node in await NodesAsync())
        {
            await UntilAsync(node, isTlsAlone ? failure => failure is NodeUntrustedException : failure => failure is NodeUnreachableException);
        }
    }

    private async Task UntilAsync(NodeEndpoint node, Func<Core.BaasException, bool> isWanted)
    {
        var connection = await service.Get<FabricAccess>().ConnectAsync(_network, node, CancellationToken.None);
        await Until.TrueAsync(async () => await FailureAsync(connection) is { } failure && isWanted(failure), TimeSpan.FromMinutes(2));
    }

    private static async Task<Core.BaasException?> FailureAsync(NodeConnection connection)
    {
        try
        {
            await connection.ReadSerialNumberAsync(Limit, CancellationToken.None);
            return null;
        }
        catch (Core.BaasException failure)
        {
            return failure;
        }
    }

    private async Task<IReadOnlyList<NodeEndpoint>> NodesAsync() =>
        [.. (await service.Get<ArtifactStore>().ListEndpointsAsync(_network, CancellationToken.None)).Where(node => node.Role is NodeRole.Orderer or NodeRole.Peer)];
}
