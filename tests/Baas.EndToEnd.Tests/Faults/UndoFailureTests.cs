using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>Every undoing of a step fails for good, while a creation is rolled back and while a network is deleted.</summary>
public sealed class UndoFailureTests(FaultHost host) : IClassFixture<FaultHost>
{
    // The last step of a creation: when it fails, everything is there.
    private static readonly StepCall Last = new("", CallKind.Step, "ChaincodeCommitted", "");

    [Fact]
    public async Task Rollback_AnyUndoFails_ShowsTheLeftoverUntilADeletionSucceeds()
    {
        var steps = await host.StepsOfCreationAsync();
        var last = steps.Single(step => step.Name == Last.Name);
        var undos = host.Faults.RunsOf("model").Keys.Where(call => call.Kind == CallKind.Undo || call.Name is "NamespaceGone" or "ForgetArtifacts").ToList();
        Assert.InRange(undos.Count, 15, 60);
        var cases = from undo in undos
                    from moment in Enum.GetValues<FaultMoment>()
                    select (undo, moment);
        await Cases.RunAsync(cases, (one, number) => FailAsync(last with { Network = $"undo{number}" }, In($"undo{number}", one.undo), one.moment));
    }

    // Steps on the network as a whole have its name as their subject.
    private static StepCall In(string network, StepCall call) => call with { Network = network, Subject = call.Subject == call.Network ? network : call.Subject };

    private async Task FailAsync(StepCall step, StepCall undo, FaultMoment moment)
    {
        host.Faults.Fail(step, FaultMoment.After);
        host.Faults.Fail(undo, moment, times: 2);

        var created = await host.Api.CreateToEndAsync(step.Network);
        Assert.Equal((step.Name, InjectedException.FaultCode), (created.Failure?.Step, created.Failure?.Code));
        await AssertLeftoverAsync(undo, created.Failure);

        var deleted = await host.Api.DeleteToEndAsync(step.Network);
        Assert.Equal(OperationState.Failed, deleted.State);
        await AssertLeftoverAsync(undo, deleted.Failure);

        await host.DeleteAsync(step.Network);
    }

    private async Task AssertLeftoverAsync(StepCall undo, WorkflowFailure? failure)
    {
        var leftover = Assert.Single(failure?.Leftovers ?? []);
        Assert.Equal((undo.Name, undo.Subject), (leftover.Step, leftover.Subject));
        var network = await host.Api.FindAsync(undo.Network);
        Assert.Equal((NetworkState.Failed, null), (network?.State, network?.ActiveOperation));
        Assert.Equal(leftover, Assert.Single(network?.Leftovers ?? []));
    }
}
