using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Renewals;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Steps.Certificates;
using Baas.Core.Storage;
using Baas.Core.Tests.Pki;
using Baas.Core.Tests.Workflows;
using Baas.Core.Workflows.Renewals;
using Baas.Testing.Engines;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Renewals;

/// <summary>Certificates of one network on a store in memory, and a clock that is put forward; workflows are noted and stand still.</summary>
public sealed class RenewalOperationsTests : IAsyncLifetime
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), TestInputs.TwoOrganizations.Name);
    private static readonly RenewalSelection Due = new(null, null, All: false);
    private static readonly OrganizationName Orderer = TestInputs.TwoOrganizations.Ordering.Organization;

    private readonly TestStores _stores = new();
    private readonly TestClock _clock = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly StillWorkflows _workflows = new();
    private readonly RecordStore _records;
    private readonly OperationStarter _starter;
    private readonly RenewalOptions _options = new() { AtOnce = 2 };

    public RenewalOperationsTests()
    {
        _records = new RecordStore(_stores.Blobs);
        _starter = new OperationStarter(_records, _workflows, _clock);
    }

    private NetworkLock Locks => new(_records, _starter, _clock);

    private CertificateInventory Inventory => new(_stores.Identities, _options, _clock);

    private RenewalOperations Operations => new(new NetworkOperations(_records, _starter, Locks, _clock), Locks, _starter, Inventory, _options, _clock);

    private RenewalSweep Sweep => new(_records, Inventory, Operations, _options, _clock);

    public Task InitializeAsync() => MakeAsync(Network, TestInputs.TwoOrganizations);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task List_ShowsAuthoritiesUsersAndNodes()
    {
        var certificates = await Operations.ListAsync(Network, default);

        Assert.Equal((6, 12, 16), (Of("authority"), Of("user"), Of("node"))); // 3 organizations; 3 orderers and 4 peers of two each, 2 servers of one
        Assert.All(certificates, certificate => Assert.False(certificate.IsDue));
        var peer = Assert.Single(certificates, certificate => certificate is { Owner: "peer-1.org1", Use: "tls" });
        Assert.Equal(365, peer.DaysLeft);
        Assert.Contains("CN=peer-1.org1", peer.Subject, StringComparison.Ordinal);
        int Of(string kind) => certificates.Count(certificate => certificate.OwnerKind == kind);
    }

    [Fact]
    public async Task Plan_LittleIsLeft_HoldsAllUsersAndNodesOrderersFirst()
    {
        _clock.Now = _clock.Now.AddDays(300);

        var plan = await Operations.PlanAsync(Network, Due, default);

        Assert.Equal((6, 9), (plan.Users.Count, plan.Nodes.Count));
        Assert.Equal([NodeRole.Orderer, NodeRole.Peer, NodeRole.Chaincode], plan.Nodes.Select(node => node.Role).Distinct());
        Assert.All(plan.Nodes, node => Assert.Equal((false, false), (node.HasExpired, node.KeepsSigning)));
        Assert.Empty(plan.Kept);
        _clock.Now = _clock.Now.AddDays(100);
        Assert.All((await Operations.PlanAsync(Network, Due, default)).Nodes, node => Assert.True(node.HasExpired));
    }

    [Fact]
    public async Task Plan_Selection_Counts()
    {
        var org1 = OrganizationName.Parse("org1");

        Assert.True((await Operations.PlanAsync(Network, Due, default)).IsEmpty);
        Assert.Equal(9, (await Operations.PlanAsync(Network, Due with { All = true }, default)).Nodes.Count);
        var one = await Operations.PlanAsync(Network, new RenewalSelection(org1, NodeName.Parse("peer-2"), All: true), default);
        Assert.Equal((0, "peer-2.org1"), (one.Users.Count, Assert.Single(one.Nodes).Node.ToString()));
        var organization = await Operations.PlanAsync(Network, new RenewalSelection(org1, null, All: true), default);
        Assert.Equal((2, 3), (organization.Users.Count, organization.Nodes.Count));
        Assert.Equal("node-not-found", await CodeAsync(() => Operations.PlanAsync(Network, new RenewalSelection(org1, NodeName.Parse("peer-9"), All: true), default)));
        Assert.Equal("organization-not-found", await CodeAsync(() => Operations.PlanAsync(Network, new RenewalSelection(OrganizationName.Parse("org9"), null, All: true), default)));
        Assert.Equal("network-not-found", await CodeAsync(() => Operations.PlanAsync(Network with { Network = NetworkName.Parse("none") }, Due, default)));
    }

    [Theory]
    [InlineData("3.1.1", true)]
    [InlineData("3.1.2", false)]
    public async Task Plan_BftOrderersThatWouldNotKnowIt_KeepTheirSigningCertificate(string version, bool isKept)
    {
        var bft = TestInputs.TwoOrganizations with { FabricVersion = FabricVersion.Parse(version), Ordering = TestInputs.TwoOrganizations.Ordering with { Consensus = Consensus.Bft, Nodes = 4 } };
        await PutAsync(Network, bft);
        _clock.Now = _clock.Now.AddDays(300);

        var plan = await Operations.PlanAsync(Network, Due, default);

        Assert.All(plan.Nodes, node => Assert.Equal(isKept && node.Role == NodeRole.Orderer, node.KeepsSigning));
        Assert.Equal(isKept ? 3 : 0, plan.Kept.Count);
        Assert.All(plan.Kept, certificate => Assert.Contains("3.1.2", certificate.Note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_AuthorityEndsAtTheSameTime_IsKeptSinceNothingWouldBeWon()
    {
        var name = new NetworkReference(Network.Tenant, NetworkName.Parse("shortlived"));
        var ca = new CaSpec { CaValidity = Duration.Parse("100d"), Validity = Duration.Parse("100d") };
        await MakeAsync(name, TestInputs.TwoOrganizations with { Name = name.Network, Ordering = TestInputs.TwoOrganizations.Ordering with { Ca = ca } });
        _clock.Now = _clock.Now.AddDays(80);

        var plan = await Operations.PlanAsync(name, Due, default);

        Assert.True(plan.IsEmpty);
        Assert.Equal(10, plan.Kept.Count);
        Assert.All(plan.Kept, certificate => Assert.Equal(Orderer, certificate.Organization));
    }

    [Fact]
    public async Task Begin_NothingIsDue_IsRefusedAndLeavesNoOperation()
    {
        Assert.Equal("renewal-not-needed", await CodeAsync(() => Operations.BeginAsync(Request("key"), Network.Network, Due, default)));

        Assert.Null((await NetworkAsync()).ActiveOperation);
        Assert.Empty(await _records.NamesAsync(RecordNames.Operations, default).ToListAsync());
    }

    [Fact]
    public async Task Begin_Twice_IsOneOperationThatHoldsTheNetwork()
    {
        var everything = Due with { All = true };

        var first = await Operations.BeginAsync(Request("key"), Network.Network, everything, default);
        var again = await Operations.BeginAsync(Request("key"), Network.Network, everything, default);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal((first.Id, first.Id), ((await NetworkAsync()).ActiveOperation, (await NetworkAsync()).LastRenewal));
        Assert.Equal(9, Assert.IsType<RenewCertificates.Input>(_workflows.Started[0]).Nodes.Count);
        Assert.Equal("network-busy", await CodeAsync(() => Operations.BeginAsync(Request("other"), Network.Network, everything, default)));
    }

    [Fact]
    public async Task Begin_RepeatedAfterItsEnd_GivesTheEndedOperation()
    {
        _clock.Now = _clock.Now.AddDays(300);
        var first = await Operations.BeginAsync(Request("key"), Network.Network, Due, default);
        await EndAsync(first.Id, OperationState.Succeeded);
        _clock.Now = _clock.Now.AddDays(-300); // as if all were new

        Assert.NotNull((await Operations.BeginAsync(Request("key"), Network.Network, Due, default)).EndedAt);
    }

    [Fact]
    public async Task Sweep_DueNetworks_BeginsAFewAtOnceOnceADayThoseWithTheLeastTimeFirst()
    {
        _clock.Now = _clock.Now.AddDays(10);
        foreach (var name in new[] { "later1", "later2" })
        {
            await MakeAsync(new NetworkReference(Network.Tenant, NetworkName.Parse(name)), TestInputs.TwoOrganizations with { Name = NetworkName.Parse(name) });
        }

        Assert.Equal(0, await Sweep.RunAsync(default));
        _clock.Now = _clock.Now.AddDays(300);

        Assert.Equal(2, await Sweep.RunAsync(default));
        Assert.NotNull((await NetworkAsync()).ActiveOperation);
        Assert.Equal(0, await Sweep.RunAsync(default)); // two are under way
        var today = (await NetworkAsync()).LastRenewal!.Value;
        await EndAsync(today, OperationState.Failed);
        Assert.Equal(1, await Sweep.RunAsync(default)); // the third one; the failed one not again today
        Assert.Equal(today, (await NetworkAsync()).LastRenewal);
        await EndAllAsync();

        _clock.Now = _clock.Now.AddDays(1);
        Assert.Equal(2, await Sweep.RunAsync(default));
        Assert.NotEqual(today, (await NetworkAsync()).LastRenewal);
    }

    [Fact]
    public async Task Sweep_CertificatesOfOneNetworkAreUnreadable_LooksAtTheOthersAndSaysSo()
    {
        var name = new NetworkReference(Network.Tenant, NetworkName.Parse("a-broken"));
        await MakeAsync(name, TestInputs.TwoOrganizations with { Name = name.Network });
        await _stores.Blobs.PutAsync(ArtifactNames.Secrets(name).BlobOf(ArtifactNames.Node(NodeReference.Orderer(Orderer, 1))), new byte[100], BlobCondition.None, default);
        _clock.Now = _clock.Now.AddDays(300);

        var failure = await Assert.ThrowsAsync<RenewalSweepException>(() => Sweep.RunAsync(default));

        Assert.Equal("renewal-sweep-incomplete", failure.Code);
        Assert.NotNull((await NetworkAsync()).ActiveOperation);
    }

    [Fact]
    public async Task Sweep_SwitchedOff_DoesNothing()
    {
        _clock.Now = _clock.Now.AddDays(300);

        Assert.Equal(0, await new RenewalSweep(_records, Inventory, Operations, _options with { Enabled = false }, _clock).RunAsync(default));
    }

    private static ChangeRequest Request(string key) => new(new Caller("tests", Role.Admin, null), Network.Tenant, key, key);

    private static async Task<string> CodeAsync(Func<Task> act) => (await Assert.ThrowsAsync<RefusedException>(act)).Code;

    private async Task<NetworkRecord> NetworkAsync() => (await _records.GetAsync<NetworkRecord>(RecordNames.Network(Network), default))!.Record;

    private Task PutAsync(NetworkReference network, NetworkSpec spec) => _records.PutAsync(
        RecordNames.Network(network),
        new NetworkRecord { Reference = network, Spec = spec, State = NetworkState.Ready, CreatedAt = _clock.Now, UpdatedAt = _clock.Now, LastOperation = OperationId.Parse("op-first") },
        BlobCondition.None,
        default);

    /// <summary>Issues everything that the making of a network issues.</summary>
    private async Task MakeAsync(NetworkReference network, NetworkSpec spec)
    {
        await PutAsync(network, spec);
        var issuer = new CertificateIssuer(_clock);
        foreach (var organization in CertificateInventory.OrganizationsOf(spec))
        {
            var (msp, ca) = (MspId.Parse($"{organization}MSP"), spec.CaOf(organization)!);
            await new CreateAuthorities(_stores.Identities, _stores.BroughtAuthorities, issuer).ApplyAsync(new CreateAuthorities.Input(network, organization, msp, ca), default);
            await new IssueUsers(_stores.Identities, issuer).ApplyAsync(new IssueUsers.Input(network, organization, msp, ca), default);
            foreach (var (node, role) in CertificateInventory.NodesOf(spec).Where(one => one.Node.Organization == organization))
            {
                await new IssueNodeCertificates(_stores.Identities, issuer).ApplyAsync(new IssueNodeCertificates.Input(network, node, msp, role, ca, ["localhost"]), default);
            }
        }
    }

    private async Task EndAsync(OperationId operation, OperationState state)
    {
        await _records.ChangeAsync<OperationRecord>(RecordNames.Operation(Network.Tenant, operation), record => record with { State = state, EndedAt = _clock.Now }, default);
        await foreach (var (name, network) in _records.ListAsync<NetworkRecord>(RecordNames.Networks, null, default))
        {
            if (network.Record.ActiveOperation == operation)
            {
                await _records.ChangeAsync<NetworkRecord>(name, record => record with { ActiveOperation = null }, default);
            }
        }
    }

    private async Task EndAllAsync()
    {
        await foreach (var (_, network) in _records.ListAsync<NetworkRecord>(RecordNames.Networks, null, default))
        {
            if (network.Record.ActiveOperation is { } operation)
            {
                await EndAsync(operation, OperationState.Succeeded);
            }
        }
    }
}
