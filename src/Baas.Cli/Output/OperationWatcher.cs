using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Shows an operation until it ends: live in a terminal, as a log elsewhere. All of it goes to stderr.</summary>
internal static class OperationWatcher
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    /// <summary>Watches to the end.</summary>
    /// <returns>The operation as it ended.</returns>
    /// <exception cref="CliException">The connection ended first; the operation goes on.</exception>
    public static async Task<Operation> WatchAsync(ApiClient api, string id, CancellationToken cancellationToken)
    {
        var console = Printer.Messages;
        var last = !Console.IsErrorRedirected
            ? await LiveAsync(console, api, id, cancellationToken)
            : await LogAsync(api, id, cancellationToken);
        return last?.EndedAt is not null
            ? last
            : throw new CliException(ExitCode.Unreachable, $"cannot watch operation \"{id}\" any longer: the connection ended; it goes on, look with \"baas operation watch {id}\"");
    }

    private static async Task<Operation?> LogAsync(ApiClient api, string id, CancellationToken cancellationToken)
    {
        var log = new OperationLog(Console.Error.WriteLine);
        Operation? last = null;
        await foreach (var operation in api.WatchAsync(id, cancellationToken))
        {
            log.Show(last = operation);
        }

        return last;
    }

    private static async Task<Operation?> LiveAsync(IAnsiConsole console, ApiClient api, string id, CancellationToken cancellationToken)
    {
        Operation? last = null;
        await console.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            var drawn = 0L;
            await foreach (var operation in api.WatchAsync(id, cancellationToken))
            {
                last = operation;
                // A fast network changes hundreds of times a second; the eye takes ten pictures.
                if (operation.EndedAt is not null || Environment.TickCount64 - drawn > Frame.TotalMilliseconds)
                {
                    drawn = Environment.TickCount64;
                    live.UpdateTarget(OperationTree.Draw(operation, DateTimeOffset.UtcNow));
                }
            }
        });
        return last;
    }
}
