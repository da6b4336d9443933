using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Workflows.Changes;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows;

public sealed class ProveChaincodeTests
{
    private static NetworkSpec Spec { get; } = new()
    {
        Name = NetworkName.Parse("net"),
        FabricVersion = FabricVersion.Parse("3.1.5"),
        Ordering = new(),
        Organizations = [new OrganizationSpec { Name = OrganizationName.Parse("org1"), MspId = MspId.Parse("Org1MSP"), Peers = 1 }],
        Channels = [new ChannelSpec { Name = ChannelName.Parse("main"), Organizations = [OrganizationName.Parse("org1")] }],
        Chaincodes =
        [
            new ChaincodeSpec
            {
                Name = ChaincodeName.Parse("asset"),
                Channel = ChannelName.Parse("main"),
                Image = "asset:1",
                Verify = new VerifySpec { Function = "Create", Args = ["a", "b", "1"] },
            },
        ],
    };

    [Fact]
    public void Plan_ChaincodeWithVerification_EndsWithItsPhase()
    {
        var phases = NetworkPlan.Between(null, Spec).Phases;

        Assert.Equal("verification", phases[^1].Name);
        Assert.Equal("asset on main", Assert.IsType<VerifyChaincode>(Assert.Single(phases[^1].Changes)).Subject);
    }

    [Fact]
    public void Plan_AnotherVerification_ChangesNothing()
    {
        var other = Spec with { Chaincodes = [Spec.Chaincodes[0] with { Verify = new VerifySpec { Function = "Other" } }] };

        var plan = NetworkPlan.Between(Spec, other);

        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.Violations);
    }

    [Fact]
    public async Task RunAsync_SubmitsOnceAndReadsThatTransaction()
    {
        var engine = new FakeEngine();
        var change = (VerifyChaincode)NetworkPlan.Between(null, Spec).Phases[^1].Changes[0];
        var peer = new NodeEndpoint(NodeReference.Peer(OrganizationName.Parse("org1"), 1), NodeRole.Peer, "10.0.0.1", 7051, null, null);

        await new ProveChaincode().RunAsync(engine, new ProveChaincode.Input(new(TenantName.Parse("acme"), Spec.Name), change, [peer]));

        Assert.Equal([nameof(SubmitProof), nameof(ProofCommitted), nameof(ReadProof)], engine.Started.Select(call => call.Step));
        Assert.Equal("transaction transaction of asset in block 9", engine.Started[^1].Subject);
    }
}
