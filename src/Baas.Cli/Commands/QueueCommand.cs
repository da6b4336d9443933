using System.CommandLine;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas queue poison …</c>: messages that were given up.</summary>
internal static class QueueCommand
{
    private const string Path = "/queues/poison";

    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Of all tenants, and those of which it cannot be told; for admins", Recursive = true };
        var poison = new Command("poison", "Lists, retries and deletes messages that were given up.") { all };
        poison.Add(Verb("list", "Lists the oldest messages that were given up, with the reason.", all, async (line, api, cancellationToken) =>
            Printer.Of(line).Print(await api.GetAsync<IReadOnlyList<PoisonMessage>>(Path, cancellationToken), Draw)));
        poison.Add(Verb("retry", "Sends a message again, as a new operation.", all, async (line, api, id, cancellationToken) =>
            Printer.Of(line).Print(await api.ChangeAsync<Operation>(HttpMethod.Post, $"{Path}/{id}/retry", null, cancellationToken), (console, begun) => console.WriteLine(begun.Id))));
        poison.Add(Verb("delete", "Deletes a message; its operation stays ended.", all, (_, api, id, cancellationToken) => api.DeleteAsync($"{Path}/{id}", cancellationToken)));
        poison.WithExamples("""
            baas queue poison list
            baas queue poison retry 638996544000000000-0f3c…
            baas queue poison list --all
            """);
        return new Command("queue", "Shows what the queue could not do anything with.") { poison };
    }

    private static void Draw(IAnsiConsole console, IReadOnlyList<PoisonMessage> messages)
    {
        if (messages.Count == 0)
        {
            console.MarkupLine("[green]no message was given up[/]");
            return;
        }

        var table = Printer.Table("ID", "TENANT", "NETWORK", "OPERATION", "DELIVERIES", "GIVEN UP", "REASON");
        foreach (var message in messages)
        {
            table.AddRow(
                Markup.Escape(message.Id),
                Markup.Escape(message.Tenant ?? ""),
                Markup.Escape(message.Network ?? ""),
                Markup.Escape(message.Operation ?? ""),
                $"{message.Deliveries}",
                $"{message.PoisonedAt.ToLocalTime():yyyy-MM-dd HH:mm}",
                Markup.Escape(message.Reason));
        }

        console.Write(table);
    }

    private static Command Verb(string verb, string description, Option<bool> all, Func<ParseResult, ApiClient, string, CancellationToken, Task> run)
    {
        var id = new Argument<string>("id") { Description = "The message's id, as the list shows it" };
        var command = Verb(verb, description, all, (line, api, cancellationToken) => run(line, api, Uri.EscapeDataString(line.GetRequiredValue(id)), cancellationToken));
        command.Arguments.Add(id);
        return command;
    }

    private static Command Verb(string verb, string description, Option<bool> all, Func<ParseResult, ApiClient, CancellationToken, Task> run)
    {
        var command = new Command(verb, description);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line, line.GetValue(all));
            await run(line, api, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
