using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>Workflows that are noted when they are started, and stand still.</summary>
public sealed class StillWorkflows : IWorkflowClient
{
    /// <summary>The workflows that were started.</summary>
    public List<IWorkflowInput> Started { get; } = [];

    public Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken)
    {
        Started.Add(input);
        return Task.CompletedTask;
    }

    public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult<WorkflowStatus?>(null);

    public Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken) => Task.FromResult<WorkflowStatus?>(null);

    public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;
}
