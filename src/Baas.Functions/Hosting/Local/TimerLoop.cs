using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>Runs a timer's work at its interval until it is disposed; one run at a time.</summary>
internal sealed class TimerLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public TimerLoop(string name, TimeSpan interval, Func<CancellationToken, Task> run, TimeProvider clock, ILogger logger) =>
        _running = RunAsync(name, interval, run, clock, logger);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(string name, TimeSpan interval, Func<CancellationToken, Task> run, TimeProvider clock, ILogger logger)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await RunOnceAsync(name, run, logger);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: that is how it ends.
        }
    }

    private async Task RunOnceAsync(string name, Func<CancellationToken, Task> run, ILogger logger)
    {
        try
        {
            await run(_stop.Token);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested) // a border: the next run tries again
        {
            Log.TimerFailed(logger, name, failure);
        }
    }
}
