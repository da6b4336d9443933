namespace Baas.Sandbox.Pods;

/// <summary>A program of the host at work.</summary>
internal sealed class HostedContainer : IRunningContainer
{
    private const int Terminated = 143;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts the program.</summary>
    public HostedContainer(Func<CancellationToken, Task<int>> run) => Exited = Task.Run(() => RunAsync(run));

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <inheritdoc/>
    public async Task StopAsync(TimeSpan grace)
    {
        await _stop.CancelAsync();
        await Exited;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _stop.Dispose();
    }

    private async Task<int> RunAsync(Func<CancellationToken, Task<int>> run)
    {
        try
        {
            return await run(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return Terminated;
        }
    }
}
