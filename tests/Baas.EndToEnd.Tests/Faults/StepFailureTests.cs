using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>Every step of a creation fails once for good, before and after having had its effect.</summary>
public sealed class StepFailureTests(FaultHost host) : IClassFixture<FaultHost>
{
    [Fact]
    public async Task Create_AnyStepFailsForGood_IsUndoneOrKeptAndFinishedByARetry()
    {
        var steps = (await host.StepsOfCreationAsync()).Where(step => step.Name != "RecordOutcome").ToList();
        Assert.InRange(steps.Count, 30, 60);
        var cases = from step in steps
                    from moment in Enum.GetValues<FaultMoment>()
                    select (step, moment);
        await Cases.RunAsync(cases, (one, number) => FailAsync(one.step with { Network = $"step{number}" }, one.moment));
    }

    [Fact]
    public async Task Create_FirstAttemptOfEveryStepFails_IsReadyWithTheSecond()
    {
        host.Faults.FailFirstAttempts("shaky");

        var operation = await host.Api.CreateToEndAsync("shaky");

        Assert.Equal(OperationState.Succeeded, operation.State);
        Assert.All(Leaves(operation.Steps).Where(step => step.Kind == CallKind.Step).DistinctBy(step => (step.Name, step.Subject)), step => Assert.Equal((step.Name, 2), (step.Name, step.Attempt)));
        await host.DeleteAsync("shaky");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_OutcomeIsNotRecorded_IsRecordedByTheSweep(bool isWritten)
    {
        var name = $"outcome{isWritten}".ToLowerInvariant();
        host.Faults.Fail(new StepCall(name, CallKind.Step, "RecordOutcome", name), isWritten ? FaultMoment.After : FaultMoment.Before);
        var operation = await host.Api.CreateAsync(name);
        await WorkflowEndAsync(operation.Id);

        Assert.Equal(isWritten ? 0 : 1, await host.Service.Get<OperationSweep>().RunAsync(atStart: false, CancellationToken.None));

        var ended = await host.Api.GetOperationAsync(operation.Id);
        Assert.Equal(isWritten ? OperationState.Succeeded : OperationState.Failed, ended.State);
        Assert.Equal(isWritten ? NetworkState.Ready : NetworkState.Failed, (await host.Api.FindAsync(name))?.State);
        if (!isWritten)
        {
            Assert.Equal("RecordOutcome", ended.Failure?.Step);
            Assert.Equal(OperationState.Succeeded, (await host.Api.EndOfAsync(await host.Api.RetryAsync(ended))).State);
        }

        await host.DeleteAsync(name);
    }

    private async Task WorkflowEndAsync(OperationId operation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var workflows = host.Service.Get<IWorkflowClient>();
        var status = await workflows.GetStatusAsync(operation.Value, deadline.Token);
        while (status is { EndedAt: null })
        {
            status = await workflows.WaitForChangeAsync(operation.Value, status.Revision, TimeSpan.FromMinutes(1), deadline.Token);
        }
    }

    private async Task FailAsync(StepCall step, FaultMoment moment)
    {
        host.Faults.Fail(step, moment);
        AssertFailed(step, await host.Api.CreateToEndAsync(step.Network));
        await host.AssertNothingLeftAsync(step.Network);

        host.Faults.Fail(step, moment);
        var kept = await host.Api.CreateToEndAsync(step.Network, keep: true);
        AssertFailed(step, kept);
        var network = await host.Api.FindAsync(step.Network);
        Assert.Equal((NetworkState.Failed, null), (network?.State, network?.ActiveOperation));
        Assert.DoesNotContain(Leaves(kept.Steps), done => done.Kind == CallKind.Undo);

        var retried = await host.Api.EndOfAsync(await host.Api.RetryAsync(kept));
        Assert.True(retried.State == OperationState.Succeeded, retried.Failure?.ToString());
        Assert.Equal(kept.Id, retried.RetryOf);
        Assert.Equal(NetworkState.Ready, (await host.Api.FindAsync(step.Network))?.State);
        await Ledgers.AssertAgreeAsync(host.Sandbox, host.Service, step.Network);
        await host.DeleteAsync(step.Network);
    }

    private static void AssertFailed(StepCall step, OperationResource operation)
    {
        Assert.Equal(OperationState.Failed, operation.State);
        Assert.Equal((step.Name, step.Subject, InjectedException.FaultCode), (operation.Failure?.Step, operation.Failure?.Subject, operation.Failure?.Code));
        Assert.Empty(operation.Failure?.Leftovers ?? []);
        Assert.NotNull(operation.EndedAt);
    }

    private static IEnumerable<StepResource> Leaves(IReadOnlyList<StepResource>? steps) =>
        (steps ?? []).SelectMany(step => step.Kind == CallKind.Workflow ? Leaves(step.Steps) : [step]);
}
