using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;
using Baas.EndToEnd.Tests.Faults;
using Baas.EndToEnd.Tests.Fixture;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Renewals;

/// <summary>Every step of a renewal fails once for good, before and after having had its effect.</summary>
public sealed class RenewalFaultTests(FaultHost host, ITestOutputHelper output) : IClassFixture<FaultHost>
{
    private const int Lanes = 6;
    private const string Everything = "all=true";

    [Fact]
    public async Task Renew_AnyStepFailsForGood_LeavesEachNodeOneOfBothAndIsFinishedByARetry()
    {
        var steps = await StepsAsync();
        output.WriteLine($"{steps.Count} steps renew a network of one orderer, one peer and one chaincode");
        Assert.InRange(steps.Count, 20, 60);
        var cases = (from step in steps
                     from moment in Enum.GetValues<FaultMoment>()
                     select (Step: step, Moment: moment)).ToList();
        await Cases.RunAsync(Enumerable.Range(0, Lanes), async (lane, _) =>
        {
            var name = $"renew{lane}";
            Assert.Equal(OperationState.Succeeded, (await host.Api.CreateToEndAsync(name)).State);
            foreach (var (step, moment) in cases.Where((_, index) => index % Lanes == lane))
            {
                await FailAsync(step with { Network = name, Subject = step.Subject == step.Network ? name : step.Subject }, moment);
            }
        });
    }

    // The last step writes the outcome down; what becomes of that is the same for all operations.
    private async Task<IReadOnlyList<StepCall>> StepsAsync()
    {
        const string Name = "model";
        Assert.Equal(OperationState.Succeeded, (await host.Api.CreateToEndAsync(Name)).State);
        var before = host.Faults.RunsOf(Name);
        Assert.Equal(OperationState.Succeeded, (await host.Api.RenewToEndAsync(Name, Everything)).State);
        IReadOnlyList<StepCall> steps =
            [.. host.Faults.RunsOf(Name).Where(run => run.Value > before.GetValueOrDefault(run.Key) && run.Key is { Kind: CallKind.Step, Name: not "RecordOutcome" }).Select(run => run.Key)];
        return steps;
    }

    private async Task FailAsync(StepCall step, FaultMoment moment)
    {
        var certificates = new ShownCertificates(host.Service, step.Network);
        var (before, keys) = (await certificates.AssertAreStoredAsync(), await certificates.KeysAsync());
        host.Faults.Fail(step, moment);

        var failed = await host.Api.RenewToEndAsync(step.Network, Everything);

        Assert.True(failed.State == OperationState.Failed, $"{step} {moment}: {failed.State}");
        Assert.Equal((step.Name, step.Subject, InjectedException.FaultCode), (failed.Failure?.Step, failed.Failure?.Subject, failed.Failure?.Code));
        Assert.Empty(failed.Failure?.Leftovers ?? []);
        var network = await host.Api.FindAsync(step.Network);
        Assert.Equal((NetworkState.Ready, null), (network?.State, network?.ActiveOperation));
        var between = await certificates.AssertAreStoredAsync(); // each node shows the one that counts

        var retried = await host.Api.EndOfAsync(await host.Api.RetryAsync(failed));

        Assert.True(retried.State == OperationState.Succeeded, $"{step} {moment}: {retried.Failure}");
        var after = await certificates.AssertAreStoredAsync();
        Assert.All(after, node => Assert.NotEqual(before[node.Key], node.Value));
        Assert.All(after, node => Assert.True(between[node.Key] == before[node.Key] || between[node.Key] == node.Value, $"{step} {moment}: {node.Key} was renewed twice"));
        Assert.Equal(keys, await certificates.KeysAsync());
        await Ledgers.AssertAgreeAsync(host.Sandbox, host.Service, step.Network);
    }
}
