namespace Baas.Cli.Commands;

/// <summary>The end of programs that serve.</summary>
internal static class Shutdown
{
    /// <summary>Completes when the program is asked to end; fails when <paramref name="serving"/> does.</summary>
    public static async Task WaitAsync(Task serving, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => asked.TrySetResult());
        await await Task.WhenAny(asked.Task, serving);
    }
}
