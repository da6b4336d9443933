using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Backups;

public sealed class RestoreNetworkTests
{
    private static readonly NodeReference Orderer = NodeReference.Orderer(TestInputs.TwoOrganizations.Ordering.Organization, 1);
    private static readonly NodeReference Peer = TestInputs.TwoOrganizations.Organizations[0].PeerNodes()[0];

    public static TheoryData<int> EveryStepOfNew => StepsOf(BackupInputs.Restore(isNew: true));

    public static TheoryData<int> EveryStepInPlace => StepsOf(BackupInputs.Restore(isNew: false));

    [Fact]
    public async Task RunAsync_New_FillsAllVolumesBeforeAnOrdererStarts()
    {
        var steps = await RunAsync(BackupInputs.Restore(isNew: true));
        var firstNode = steps.FindIndex(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer));
        Assert.Equal(2 * 7, steps.Take(firstNode).Count(call => call.Step == nameof(AgentDone))); // unpacked and in its place, each
        Assert.DoesNotContain(steps.Skip(firstNode), call => call.Step == nameof(AgentDone));
    }

    [Fact]
    public async Task RunAsync_New_StartsAQuorumWithTheLastPackedOrdererFirst()
    {
        var steps = await RunAsync(BackupInputs.Restore(isNew: true));
        var orderers = steps.Where(call => call.Step is nameof(ApplyOrderer) or nameof(LedgersReach)).TakeWhile(call => call.Subject.StartsWith("orderer-", StringComparison.Ordinal));
        Assert.Equal(
            [nameof(ApplyOrderer), nameof(ApplyOrderer), nameof(LedgersReach), nameof(LedgersReach), nameof(ApplyOrderer), nameof(LedgersReach)],
            orderers.Select(call => call.Step));
        Assert.Equal(["orderer-2.orderer", "orderer-3.orderer", "orderer-1.orderer"], steps.Where(call => call.Step == nameof(ApplyOrderer)).Select(call => call.Subject));
    }

    [Fact]
    public async Task RunAsync_OneOrderer_RestartsTheOthersOneByOneFirst()
    {
        var steps = await RunAsync(BackupInputs.Restore(false, Orderer));
        Assert.Equal(
            ["orderer-1.orderer", "orderer-2.orderer", "orderer-2.orderer", "orderer-3.orderer", "orderer-3.orderer"],
            steps.Where(call => call.Step == nameof(ScaleNode)).Select(call => call.Subject));
        Assert.True(steps.FindIndex(call => call.Step == nameof(ApplyOrderer)) > steps.FindLastIndex(call => call.Step == nameof(ScaleNode)));
    }

    [Fact]
    public async Task RunAsync_OnePeer_TouchesNothingElse()
    {
        var steps = await RunAsync(BackupInputs.Restore(false, Peer));
        Assert.Equal([$"{Peer}"], steps.Where(call => call.Step == nameof(ScaleNode)).Select(call => call.Subject));
        Assert.DoesNotContain(steps, call => call.Step == nameof(ApplyOrderer));
    }

    [Theory]
    [MemberData(nameof(EveryStepOfNew))]
    public async Task RunAsync_NewFails_LeavesNothing(int failing)
    {
        var engine = BackupInputs.Engine(failAt: failing);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => new RestoreNetwork().RunAsync(engine, BackupInputs.Restore(isNew: true)));

        Assert.Empty(failure.Leftovers);
        var undone = engine.Undone.Select(call => (call.Step, call.Subject)).ToHashSet();
        Assert.All(engine.Started.Where(call => call.Step is nameof(ApplyOrderer) or nameof(ApplyPeer) or nameof(CreateNamespace)), call => Assert.Contains((call.Step, call.Subject), undone));
        Assert.Equal([nameof(ForgetArtifacts), nameof(RecordOutcome)], engine.Started.Select(call => call.Step).TakeLast(2));
    }

    [Theory]
    [MemberData(nameof(EveryStepInPlace))]
    public async Task RunAsync_InPlaceFailsOrIsCancelled_LeavesNoNodeStoppedAndNoAgent(int moment)
    {
        foreach (var engine in new[] { BackupInputs.Engine(failAt: moment), BackupInputs.Engine(cancelAt: moment) })
        {
            await Assert.ThrowsAsync<WorkflowFailedException>(() => new RestoreNetwork().RunAsync(engine, BackupInputs.Restore(isNew: false)));

            var undone = engine.Undone.Select(call => (call.Step, call.Subject)).ToHashSet();
            Assert.All(engine.Started.Where(call => call.Step is nameof(ScaleNode) or nameof(StartAgent)), call => Assert.Contains((call.Step, call.Subject), undone));
            Assert.Equal(nameof(RecordOutcome), engine.Started[^1].Step);
            Assert.DoesNotContain(engine.Started, call => call.Step == nameof(ForgetArtifacts));
        }
    }

    private static async Task<List<FakeCall>> RunAsync(RestoreNetwork.Input input)
    {
        var engine = BackupInputs.Engine();
        await new RestoreNetwork().RunAsync(engine, input);
        return [.. engine.Started];
    }

    // Every step but the last, which writes the outcome down when all else is done.
    private static TheoryData<int> StepsOf(RestoreNetwork.Input input) => [.. Enumerable.Range(0, RunAsync(input).GetAwaiter().GetResult().Count - 1)];
}
