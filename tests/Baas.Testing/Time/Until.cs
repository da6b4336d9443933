namespace Baas.Testing.Time;

/// <summary>Waits for what others do.</summary>
public static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until it is so; when it does not become so in time, the test fails.</summary>
    public static async Task TrueAsync(Func<Task<bool>> look, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        await TrueAsync(look, () => $"waited {patience} in vain", deadline.Token);
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan)"/>
    public static Task TrueAsync(Func<bool> look, TimeSpan patience) => TrueAsync(() => Task.FromResult(look()), patience);

    /// <summary>Looks until it is so; when it does not become so in time, the test fails with what <paramref name="describe"/> says.</summary>
    public static async Task TrueAsync(Func<Task<bool>> look, Func<string> describe, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!await look())
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(describe());
            }
        }
    }
}
