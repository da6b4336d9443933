using System.Text.Json;
using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>What every workflow engine does.</summary>
public abstract partial class WorkflowEngineContract : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly string _id = $"test-{Guid.NewGuid():n}";
    private IEngineHarness? _engine;

    protected CancellationToken Soon => _deadline.Token;

    /// <summary>The id of the test's instance, and the name of its code.</summary>
    protected string Id => _id;

    protected IEngineHarness Engine => _engine ?? throw new InvalidOperationException("the test has not begun");

    protected IWorkflowClient Client => Engine.Client;

    protected Probe Probe => Engine.Probe;

    public async Task InitializeAsync() => _engine = await CreateAsync();

    public async Task DisposeAsync()
    {
        await Engine.DisposeAsync();
        _deadline.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IEngineHarness> CreateAsync();

    /// <summary>How often an engine of many hosts waits for one that knows a step.</summary>
    protected virtual int WaitsForNewerHosts => 0;

    protected static Task<string> Do(IWorkflowContext context, string name) => context.ApplyAsync(new Work.Input(name));

    /// <summary>Starts the test's instance with the given code.</summary>
    protected Task StartAsync(Func<IWorkflowContext, Task<string>> code) => Client.StartAsync(Id, Scripted.Define(Id, code), Soon);

    /// <summary>Code of a child workflow.</summary>
    protected Scripted.Input Child(string name, Func<IWorkflowContext, Task<string>> code) => Scripted.Define($"{Id}-{name}", code);

    /// <summary>The status once the test's instance has ended.</summary>
    protected async Task<WorkflowStatus> EndAsync(string? id = null) =>
        await UntilAsync(status => status.State is not (WorkflowState.Pending or WorkflowState.Running), id);

    /// <summary>The status once it is as awaited.</summary>
    protected async Task<WorkflowStatus> UntilAsync(Func<WorkflowStatus, bool> condition, string? id = null)
    {
        var status = await Client.GetStatusAsync(id ?? Id, Soon);
        while (status is null || !condition(status))
        {
            Assert.NotNull(status);
            status = await Client.WaitForChangeAsync(id ?? Id, status.Revision, TimeSpan.FromHours(9), Soon);
        }

        return status;
    }

    protected static string ResultOf(WorkflowStatus status)
    {
        Assert.True(status.State == WorkflowState.Completed, $"{status.State}: {status.Failure?.Code}: {status.Failure?.Message}");
        return JsonSerializer.Deserialize<string>(status.ResultJson ?? "null") ?? "null";
    }

    protected static string FailureOf(WorkflowStatus status) => status.Failure?.Code ?? $"no failure but {status.State}";
}
