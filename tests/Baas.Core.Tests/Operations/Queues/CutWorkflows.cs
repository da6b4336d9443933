using Baas.Core.Workflows.Engine;

namespace Baas.Core.Tests.Operations.Queues;

/// <summary>Workflows that stand still once they are started; an id is started once, as with every engine.</summary>
internal sealed class CutWorkflows(Dictionary<string, IWorkflowInput> started, Cut cut) : IWorkflowClient
{
    /// <summary>While set, no workflow can be started.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What happens before a workflow is started.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken) => cut.ActAsync(async () =>
    {
        await Before();
        if (Failure is not null)
        {
            throw Failure;
        }

        started.TryAdd(instanceId, input);
    });

    public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(started.TryGetValue(instanceId, out var input)
        ? new WorkflowStatus { InstanceId = instanceId, Workflow = input.GetType().Name, State = WorkflowState.Running, Revision = 1, CreatedAt = default, Calls = [] }
        : null);

    public Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken) => GetStatusAsync(instanceId, cancellationToken);

    public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) => Task.FromResult(started.ContainsKey(instanceId));

    public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(started.ContainsKey(instanceId));

    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;
}
