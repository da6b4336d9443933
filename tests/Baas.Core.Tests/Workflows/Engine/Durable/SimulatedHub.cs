using System.Threading.Channels;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Core.Tests.Workflows.Engine.Durable;

/// <summary>
/// A distributed engine in memory, with the manners of the real ones: each turn runs the workflow again from its start, children are instances of
/// their own, events are raised by name, and nothing but JSON outlives a turn. It shows that what Baas builds on such engines keeps the contract.
/// </summary>
internal sealed class SimulatedHub : IWorkflowClient, IAsyncDisposable
{
    private readonly WorkflowCatalog _catalog;
    private readonly DurableStep _steps;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, SimulatedInstance> _instances = new(StringComparer.Ordinal);
    private readonly Channel<Action> _turns = Channel.CreateUnbounded<Action>();
    private readonly Task _pump;
    private CancellationTokenSource _stopping = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatedHub(WorkflowCatalog catalog, DurableStep steps, TimeProvider clock)
    {
        (_catalog, _steps, _clock) = (catalog, steps, clock);
        _pump = Task.Run(PumpAsync);
    }

    public Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken)
    {
        var call = WorkflowCall.Root(input, instanceId);
        _ = _catalog.Workflow(call.Name);
        return OnPumpAsync(() => _instances.ContainsKey(instanceId) || Start(instanceId, call, null));
    }

    public Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken) =>
        DurableInstance.StatusAsync(instanceId, id => OnPumpAsync(() => _instances.GetValueOrDefault(id)?.Shown));

    public async Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var end = Task.Delay(timeout, _clock, cancellationToken);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            var status = await GetStatusAsync(instanceId, cancellationToken);
            if (status is null || status.Revision != seen || end.IsCompletedSuccessfully)
            {
                return status;
            }

            await await Task.WhenAny(changed, end);
        }
    }

    public Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken) =>
        RaiseAsync(instanceId, name, DurablePayload.Write(payload, $"event \"{name}\"").GetRawText());

    public Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken) => RaiseAsync(instanceId, DurableWorkflow.CancelEvent, "null");

    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken) => OnPumpAsync(() =>
    {
        foreach (var gone in _instances.Keys.Where(id => _instances.GetValueOrDefault(instanceId)?.Outcome is not null && $"{id}/".StartsWith($"{instanceId}/", StringComparison.Ordinal)).ToList())
        {
            _instances.Remove(gone);
        }

        return true;
    });

    /// <summary>All that runs is lost; histories stay.</summary>
    public async Task RestartAsync()
    {
        await _stopping.CancelAsync();
        await OnPumpAsync(() =>
        {
            _stopping = new();
            foreach (var instance in _instances.Values.Where(instance => instance.Outcome is null).ToList())
            {
                instance.Launched.Clear();
                foreach (var timer in instance.Timers.Values)
                {
                    timer.Dispose();
                }

                instance.Timers.Clear();
                Turn(instance);
            }

            return true;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _turns.Writer.Complete();
        await _pump;
        _stopping.Dispose();
    }

    private async Task PumpAsync()
    {
        await foreach (var turn in _turns.Reader.ReadAllAsync())
        {
            turn();
            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    private Task<T> OnPumpAsync<T>(Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _turns.Writer.TryWrite(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    private Task<bool> RaiseAsync(string instanceId, string name, string json) => OnPumpAsync(() =>
    {
        if (_instances.GetValueOrDefault(instanceId) is not { Outcome: null } instance)
        {
            return false;
        }

        Append(instance, null, name, json);
        return true;
    });

    private bool Start(string id, WorkflowCall call, (SimulatedInstance, int)? parent)
    {
        SimulatedInstance instance = new(id, call, _clock.GetUtcNow(), parent);
        _instances.Add(id, instance);
        Turn(instance);
        return true;
    }

    private void Append(SimulatedInstance instance, int? number, string? name, string json)
    {
        if (instance.Outcome is null)
        {
            instance.History.Add((_clock.GetUtcNow(), number, name, json));
            Turn(instance);
        }
    }

    private void Turn(SimulatedInstance instance)
    {
        SimulatedRuntime runtime = new(instance.CreatedAt);
        var body = DurableWorkflow.RunAsync(runtime, _catalog, instance.Id, instance.Call);
        var cancelled = 0;
        foreach (var (at, number, name, json) in instance.History)
        {
            cancelled = runtime.Cancellations.Count;
            runtime.UtcNow = at;
            if (number is null)
            {
                runtime.Deliver(name ?? "", json);
            }
            else if (number < runtime.Operations.Count)
            {
                runtime.Operations[number.Value].Result.TrySetResult(json);
            }
        }

        instance.UpdatedAt = _clock.GetUtcNow();
        if (!instance.Asked.SequenceEqual(runtime.Operations.Take(instance.Asked.Count).Select(operation => operation.Text)))
        {
            End(instance, new WorkflowOutcome(null, new WorkflowFailure(instance.Call.Name, instance.Call.Subject, "history-mismatch", "the code has changed", []), 1_000));
            return;
        }

        instance.Asked.AddRange(runtime.Operations.Skip(instance.Asked.Count).Select(operation => operation.Text));
        instance.ProgressJson = runtime.Progress?.ToJson();
        for (var number = 0; number < runtime.Operations.Count; number++)
        {
            Launch(instance, number, runtime.Operations[number].Result.Task, runtime.Operations[number].Operation);
        }

        runtime.Cancellations.Skip(cancelled).ToList().ForEach(child => _ = RaiseAsync(child, DurableWorkflow.CancelEvent, "null"));
        if (body.IsCompleted)
        {
            End(instance, body.Result);
        }
    }

    private void Launch(SimulatedInstance instance, int number, Task result, object operation)
    {
        if (result.IsCompleted)
        {
            instance.Timers.GetValueOrDefault(number)?.Dispose();
            return;
        }

        if (!instance.Launched.Add(number))
        {
            return;
        }

        switch (operation)
        {
            case StepCall step:
                _ = Task.Run(() => RunStepAsync(instance, number, step, _stopping.Token));
                break;
            case DateTimeOffset due:
                var wait = due - _clock.GetUtcNow();
                instance.Timers[number] = _clock.CreateTimer(_ => _turns.Writer.TryWrite(() => Append(instance, number, null, "null")), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                break;
            case (string id, WorkflowCall call) when !_instances.ContainsKey(id):
                _turns.Writer.TryWrite(() => Start(id, call, (instance, number)));
                break;
        }
    }

    private async Task RunStepAsync(SimulatedInstance instance, int number, StepCall step, CancellationToken stopping)
    {
        try
        {
            var json = DurableJson.Write(await _steps.RunAsync(step, stopping), "an outcome");
            _turns.Writer.TryWrite(() =>
            {
                if (!stopping.IsCancellationRequested)
                {
                    Append(instance, number, null, json);
                }
            });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It runs again after the restart.
        }
    }

    private void End(SimulatedInstance instance, WorkflowOutcome outcome)
    {
        instance.Outcome = outcome;
        foreach (var timer in instance.Timers.Values)
        {
            timer.Dispose();
        }

        if (instance.Parent is var (parent, number))
        {
            var json = DurableJson.Write(outcome, "an outcome");
            _turns.Writer.TryWrite(() => Append(parent, number, null, json));
        }
    }
}
