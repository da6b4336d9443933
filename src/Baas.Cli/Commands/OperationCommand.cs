using System.CommandLine;
using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas operation …</c>.</summary>
internal static class OperationCommand
{
    public static Command Create() => new("operation", "Shows, cancels and retries operations.")
    {
        List(),
        Verb("get", "Shows an operation with its steps.", GetAsync),
        Verb("watch", "Shows an operation's progress until it ends.", WatchAsync),
        Verb("cancel", "Asks an operation to stop; what it has made is undone or kept, as it was told at its start.", async (line, api, id, cancellationToken) =>
            await FollowAsync(line, api, await api.ChangeAsync<Operation>(HttpMethod.Post, $"/operations/{id}/cancel", null, cancellationToken), true, cancellationToken)),
        Verb("retry", "Goes on with what a failed operation has left.", async (line, api, id, cancellationToken) =>
            await FollowAsync(line, api, await api.ChangeAsync<Operation>(HttpMethod.Post, $"/operations/{id}/retry", null, cancellationToken), true, cancellationToken)),
    };

    /// <summary>Shows an operation that was just begun, to its end unless the caller does not want to wait.</summary>
    public static async Task<int> FollowAsync(ParseResult line, ApiClient api, Operation operation, bool wait, CancellationToken cancellationToken)
    {
        if (wait)
        {
            return await WatchAsync(line, api, operation.Id, cancellationToken);
        }

        Printer.Of(line).Print(operation, (console, begun) => console.WriteLine(begun.Id));
        return ExitCode.Success;
    }

    /// <summary>Shows an operation until it ends.</summary>
    public static async Task<int> WatchAsync(ParseResult line, ApiClient api, string id, CancellationToken cancellationToken)
    {
        var ended = await OperationWatcher.WatchAsync(api, id, cancellationToken);
        var printer = Printer.Of(line);
        if (printer.Format != OutputFormat.Table)
        {
            printer.Print(ended, (_, _) => { });
        }

        return OperationSummary.Explain(ended);
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the tenant's operations, the newest last.");
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            IReadOnlyList<Operation> operations = [.. (await api.ListAsync<Operation>("/operations", cancellationToken)).OrderBy(operation => operation.CreatedAt)];
            Printer.Of(line).Print(operations, OperationListView.Draw);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> GetAsync(ParseResult line, ApiClient api, string id, CancellationToken cancellationToken)
    {
        var printer = Printer.Of(line);
        if (printer.Format != OutputFormat.Table)
        {
            printer.Print(await api.GetAsync<JsonObject>($"/operations/{id}", cancellationToken), (_, _) => { });
            return ExitCode.Success;
        }

        var operation = await api.GetAsync<Operation>($"/operations/{id}", cancellationToken);
        printer.Print(operation, (console, shown) => console.Write(OperationTree.Draw(shown, DateTimeOffset.UtcNow)));
        return ExitCode.Success;
    }

    private static Command Verb(string verb, string description, Func<ParseResult, ApiClient, string, CancellationToken, Task<int>> run)
    {
        var id = new Argument<string>("id") { Description = "The operation's id, such as op-0f3c…" };
        var command = new Command(verb, description) { id };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            return await run(line, api, Uri.EscapeDataString(line.GetRequiredValue(id)), cancellationToken);
        });
        return command;
    }
}
