using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine;

namespace Baas.Functions.Tests.Http;

/// <summary>Workflows that stand still until the test says how they go on.</summary>
internal sealed class FakeWorkflows(TimeProvider clock) : IWorkflowClient
{
    private readonly ConcurrentDictionary<string, WorkflowStatus> _instances = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _changes = new();
    private int _watchers;

    /// <summary>What was started, by instance id.</summary>
    public ConcurrentDictionary<string, IWorkflowInput> Started { get; } = new();

    public Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken)
    {
        Started.TryAdd(instanceId, input);
        _instances.TryAdd(instanceId, new WorkflowStatus
        {
            InstanceId = instanceId,
            Workflow = "CreateNetwork",
            State = WorkflowState.Running,
            Revision = 1,
            CreatedAt = clock.GetUtcNow(),
            Calls = [],
        });
        return Task.CompletedTask;
    }

    /// <summary>How many callers wait for a change.</summary>
    public int Watchers => Volatile.Read(ref _watchers);

    /// <summary>Lets an instance go on.</summary>
    public void Change(string instanceId, Func<WorkflowStatus, WorkflowStatus> change)
    {
        _instances.AddOrUpdate(instanceId, _ => throw new KeyNotFoundException(instanceId), (_, status) => change(status) with { Revision = status.Revision + 1 });
        if (_changes.TryRemove(instanceId, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(_instances.GetValueOrDefault(instanceId));

    public async Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var change = _changes.GetOrAdd(instanceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_instances.GetValueOrDefault(instanceId) is { } status && status.Revision == seen)
        {
            Interlocked.Increment(ref _watchers);
            try
            {
                await change.Task.WaitAsync(timeout, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Nothing has changed: that is an answer, too.
            }
            finally
            {
                Interlocked.Decrement(ref _watchers);
            }
        }

        return _instances.GetValueOrDefault(instanceId);
    }

    public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) =>
        Task.FromResult(_instances.GetValueOrDefault(instanceId) is { State: WorkflowState.Running });

    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        _instances.TryRemove(instanceId, out _);
        return Task.CompletedTask;
    }
}
