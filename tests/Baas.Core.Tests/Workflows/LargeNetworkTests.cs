using Baas.Core.Networks;
using Baas.Core.Tests.Workflows.Backups;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Durable;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows;

/// <summary>A network of a thousand peers stays within what a distributed engine bears: the engine of the tests refuses payloads over 256 KiB, as real ones do.</summary>
public sealed class LargeNetworkTests
{
    private static readonly CreateNetwork.Input Input = TestInputs.Create() with { Spec = Large(organizations: 50, peers: 20) };

    [Fact]
    public async Task RunAsync_ThousandPeers_NoHistoryIsTooLong()
    {
        FakeEngine engine = new();

        var result = await new CreateNetwork().RunAsync(engine, Input);

        Assert.InRange(result.Nodes.Count, 1_000, 1_100);
        Assert.InRange(engine.MostCalls, 1_000, DurableWorkflowContext.MaxCalls); // the one that joins a thousand peers to a channel
    }

    [Fact]
    public async Task RunAsync_ThousandPeersAndAFailure_IsUndoneInParts()
    {
        FakeEngine engine = new() { FailAt = FakeEngine.CountSteps(new CreateNetwork(), Input) - 2 };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new CreateNetwork().RunAsync(engine, Input));

        Assert.Equal("fake-failed", failure.Code);
        Assert.Empty(failure.Leftovers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RestoreNetwork_ThousandPeers_NoHistoryIsTooLong(bool isNew)
    {
        var engine = BackupInputs.Engine(spec: Input.Spec);

        var result = await new RestoreNetwork().RunAsync(engine, BackupInputs.Restore(isNew) with { Spec = Input.Spec });

        Assert.Equal(1_003, result.Nodes.Count);
        Assert.InRange(engine.MostCalls, 500, DurableWorkflowContext.MaxCalls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RestoreNetwork_ThousandPeersAndAFailure_IsUndoneInParts(bool isNew)
    {
        var input = BackupInputs.Restore(isNew) with { Spec = Input.Spec };
        var whole = BackupInputs.Engine(spec: Input.Spec);
        await new RestoreNetwork().RunAsync(whole, input);
        var engine = BackupInputs.Engine(failAt: whole.Started.Count - 2, spec: Input.Spec);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new RestoreNetwork().RunAsync(engine, input));

        Assert.Equal("fake-failed", failure.Code);
        Assert.Empty(failure.Leftovers);
        Assert.InRange(engine.MostCalls, 500, DurableWorkflowContext.MaxCalls);
    }

    [Fact]
    public async Task BackupNetwork_ThousandPeers_NoHistoryIsTooLong()
    {
        var engine = BackupInputs.Engine(spec: Input.Spec);

        await new BackupNetwork().RunAsync(engine, BackupInputs.Back() with { Spec = Input.Spec });

        Assert.InRange(engine.MostCalls, 1_003, DurableWorkflowContext.MaxCalls);
    }

    [Fact]
    public void Parts_OfALargePhase_AreAllOfIt()
    {
        var phase = Core.Networks.Plans.NetworkPlan.Between(null, Input.Spec).Phases[1];

        var parts = PhaseBatches.Of(phase).ToList();

        Assert.True(phase.Changes.Count > 1_000);
        Assert.All(parts, part => Assert.InRange(part.Changes.Count, 1, PhaseBatches.Size));
        Assert.Equal(phase.Changes, parts.SelectMany(part => part.Changes));
    }

    private static NetworkSpec Large(int organizations, int peers)
    {
        var spec = TestInputs.TwoOrganizations;
        var first = spec.Organizations[0];
        var members = Enumerable.Range(1, organizations)
            .Select(number => first with { Name = OrganizationName.Parse($"org{number}"), MspId = MspId.Parse($"Org{number}MSP"), Peers = peers })
            .ToArray();
        return spec with
        {
            Organizations = members,
            Channels = [.. spec.Channels.Select(channel => channel with { Organizations = [.. members.Select(member => member.Name)] })],
        };
    }
}
