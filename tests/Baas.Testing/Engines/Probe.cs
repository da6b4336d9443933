using System.Collections.Concurrent;

namespace Baas.Testing.Engines;

/// <summary>What the steps of contract tests do, and what they did.</summary>
public sealed class Probe
{
    private readonly ConcurrentQueue<string> _effects = new();
    private readonly ConcurrentDictionary<string, Func<int, CancellationToken, Task>> _behaviours = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _begun = new(StringComparer.Ordinal);

    /// <summary>The effects in their order: <c>a</c> for a step, <c>-a</c> for its undoing. Failed attempts have none.</summary>
    public IReadOnlyList<string> Effects => [.. _effects];

    /// <summary>How often a step, or with <c>-</c> its undoing, was attempted.</summary>
    public int AttemptsOf(string name) => _attempts.GetValueOrDefault(name);

    /// <summary>Sets what a step does before its effect, given the number of the attempt.</summary>
    public void On(string name, Func<int, CancellationToken, Task> behaviour) => _behaviours[name] = behaviour;

    /// <summary>Lets the first attempts of a step fail.</summary>
    public void Fail(string name, int times = int.MaxValue, bool isTransient = false) =>
        On(name, (attempt, _) => attempt <= times ? throw new ProbeException(isTransient, attempt) : Task.CompletedTask);

    /// <summary>Lets a step wait until the result is completed, or its attempt is cancelled.</summary>
    public TaskCompletionSource Hold(string name)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        On(name, (_, cancellationToken) => gate.Task.WaitAsync(cancellationToken));
        return gate;
    }

    /// <summary>Completes when an attempt of the step has begun.</summary>
    public Task BegunAsync(string name, CancellationToken cancellationToken) => BegunOf(name).Task.WaitAsync(cancellationToken);

    internal async Task RunAsync(string name, CancellationToken cancellationToken)
    {
        var attempt = _attempts.AddOrUpdate(name, 1, (_, before) => before + 1);
        BegunOf(name).TrySetResult();
        if (_behaviours.TryGetValue(name, out var behaviour))
        {
            await behaviour(attempt, cancellationToken);
        }

        _effects.Enqueue(name);
    }

    private TaskCompletionSource BegunOf(string name) => _begun.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
