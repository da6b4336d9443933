using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Functions.Tests.Azure.DurableTask;

/// <summary>Instances as other versions have written them: they are understood, or end and say why.</summary>
public sealed class OlderInstanceTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _soon = new(TimeSpan.FromSeconds(60));
    private readonly string _id = $"older-{Guid.NewGuid():n}";
    private DurableTaskHarness _engine = null!; // InitializeAsync

    public async Task InitializeAsync() => _engine = await DurableTaskHarness.StartedAsync();

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _soon.Dispose();
    }

    [Fact]
    public async Task Call_WithoutFieldsThatCameLater_Runs()
    {
        var script = Scripted.Define(_id, context => context.ApplyAsync(new Work.Input("a"))).Script;
        await _engine.ScheduleAsync(_id, $$"""{"name":"Scripted","subject":"x","input":{"script":"{{script}}"} }""");

        Assert.Equal(WorkflowState.Completed, (await EndAsync()).State);
    }

    [Fact]
    public async Task Call_WithFieldsOfALaterVersion_Runs()
    {
        var script = Scripted.Define(_id, context => context.ApplyAsync(new Work.Input("a"))).Script;
        await _engine.ScheduleAsync(_id, $$"""{"name":"Scripted","subject":"x","isCompensating":false,"later":[1],"input":{"script":"{{script}}","later":true} }""");

        Assert.Equal(WorkflowState.Completed, (await EndAsync()).State);
    }

    [Fact]
    public async Task Call_OfAWorkflowThatIsNoMore_EndsAndNamesIt()
    {
        await _engine.ScheduleAsync(_id, """{"name":"CreateNetworkV0","subject":"x","isCompensating":false,"input":{}}""");

        var end = await EndAsync();

        Assert.Equal((WorkflowState.Failed, "workflow-unknown"), (end.State, end.Failure?.Code));
        Assert.Contains("CreateNetworkV0", end.Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    public async Task Call_ThatNobodyUnderstands_EndsAndIsShown(string input)
    {
        await _engine.ScheduleAsync(_id, input);

        var end = await EndAsync();

        Assert.Equal(WorkflowState.Failed, end.State);
        Assert.Contains("the call of a workflow", end.Failure?.Message, StringComparison.Ordinal);
    }

    private async Task<WorkflowStatus> EndAsync()
    {
        var status = await _engine.Client.GetStatusAsync(_id, _soon.Token);
        while (status is { State: WorkflowState.Pending or WorkflowState.Running })
        {
            status = await _engine.Client.WaitForChangeAsync(_id, status.Revision, TimeSpan.FromSeconds(5), _soon.Token);
        }

        return status ?? throw new InvalidOperationException("no such instance");
    }
}
