using Baas.Core.Networks;
using Baas.Core.Operations.Exports;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Steps.Certificates;
using Baas.Core.Storage;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Exports;

public sealed class IdentityExportTests
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), NetworkName.Parse("net1"));
    private static readonly OrganizationName Organization = OrganizationName.Parse("org1");

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task IdentityAsync_ReadyNetwork_CarriesTheMspFolder()
    {
        var stores = new TestStores();
        var records = new RecordStore(stores.Blobs);
        var issuer = new CertificateIssuer(TimeProvider.System);
        var msp = MspId.Parse("Org1MSP");
        await records.PutAsync(RecordNames.Network(Network), Record(msp), BlobCondition.Absent, Soon);
        await new CreateAuthorities(stores.Identities, stores.BroughtAuthorities, issuer).ApplyAsync(new CreateAuthorities.Input(Network, Organization, msp, new CaSpec()), Soon);
        await new IssueUsers(stores.Identities, issuer).ApplyAsync(new IssueUsers.Input(Network, Organization, msp, new CaSpec()), Soon);

        var export = await new NetworkExports(records, stores.Identities, stores.Artifacts).IdentityAsync(Network, Organization, "admin", Soon);

        var trust = await stores.Identities.ReadTrustAsync(Network, Organization, Soon);
        Assert.Equal(["cacerts/ca-1.pem", "config.yaml", "keystore/priv_sk", "signcerts/cert.pem", "tlscacerts/tlsca-1.pem"], export.Msp.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(export.Certificate, export.Msp["signcerts/cert.pem"]);
        Assert.Equal(export.PrivateKey, export.Msp["keystore/priv_sk"]);
        Assert.Equal(trust.Roots, [export.Msp["cacerts/ca-1.pem"]]);
        Assert.Equal(trust.TlsRoots, [export.Msp["tlscacerts/tlsca-1.pem"]]);
        Assert.DoesNotContain("PRIVATE", export.ToString(), StringComparison.Ordinal);
    }

    private static NetworkRecord Record(MspId msp) => new()
    {
        Reference = Network,
        Spec = new NetworkSpec
        {
            Name = Network.Network,
            FabricVersion = FabricVersion.Parse("3.1.5"),
            Ordering = new OrderingSpec { Organization = OrganizationName.Parse("orderers"), MspId = MspId.Parse("OrdererMSP") },
            Organizations = [new OrganizationSpec { Name = Organization, MspId = msp }],
        },
        State = NetworkState.Ready,
        CreatedAt = DateTimeOffset.UtcNow,
        UpdatedAt = DateTimeOffset.UtcNow,
        LastOperation = OperationId.Parse("op-1"),
    };
}
