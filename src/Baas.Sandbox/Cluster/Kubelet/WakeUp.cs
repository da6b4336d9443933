namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Lets one wait for the next signal. Take <see cref="Next"/> before looking at what the signal is about, so that none is missed.</summary>
internal sealed class WakeUp
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes with the next signal.</summary>
    public Task Next => _next.Task;

    /// <summary>Wakes all who wait.</summary>
    public void Signal()
    {
        var woken = _next;
        _next = New();
        woken.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
