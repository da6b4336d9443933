using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas alerts</c>: what fires, and where it is told.</summary>
internal static class AlertsCommand
{
    private const string Path = "/alerts/webhook";

    public static Command Create()
    {
        var command = new Command("alerts", "Lists the alerts that fire, the gravest first.")
        {
            new Command("webhook", "Sets, shows, tests and forgets the address that alerts are sent to.") { Get(), Set(), Test(), Delete() },
        };
        command.WithExamples("""
            baas alerts
            baas alerts webhook set https://hooks.example.com/baas --secret-file secret.txt
            baas alerts webhook test
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            Printer.Of(line).Print(await api.GetAsync<IReadOnlyList<Alert>>("/alerts", cancellationToken), HealthView.DrawAlerts);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Get() => Verb("get", "Shows the webhook, without its secret.", async (line, api, cancellationToken) =>
        Show(line, await api.GetAsync<Webhook>(Path, cancellationToken)));

    private static Command Test() => Verb("test", "Sends a test message within 15 seconds.", async (line, api, cancellationToken) =>
        Printer.Of(line).Print(
            await api.ChangeAsync<JsonObject>(HttpMethod.Post, Path + "/test", null, cancellationToken),
            (console, sent) => console.WriteLine($"a test is on its way as delivery {sent["delivery"]}")));

    private static Command Delete() => Verb("delete", "Forgets the webhook.", async (_, api, cancellationToken) => await api.DeleteAsync(Path, cancellationToken));

    private static Command Set()
    {
        var url = new Argument<string>("url") { Description = "The address: https, or http on a loopback address" };
        var secret = new Option<FileInfo>("--secret-file") { Description = "A file with the secret that messages are signed with, 16 to 512 characters", HelpName = "FILE", Required = true };
        var command = Verb("set", "Sets the webhook.", async (line, api, cancellationToken) =>
        {
            var body = JsonContent.Create(new JsonObject { ["url"] = line.GetRequiredValue(url), ["secret"] = await ReadAsync(line.GetRequiredValue(secret), cancellationToken) });
            Show(line, await api.ChangeAsync<Webhook>(HttpMethod.Put, Path, body, cancellationToken));
        });
        command.Arguments.Add(url);
        command.Options.Add(secret);
        return command;
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(file.FullName, cancellationToken)).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read secret file \"{file}\": {failure.Message}", failure);
        }
    }

    private static void Show(ParseResult line, Webhook webhook) => Printer.Of(line).Print(webhook, (console, shown) =>
    {
        console.WriteLine($"alerts go to {shown.Url}");
        if (shown.Waiting > 0)
        {
            console.WriteLine($"{shown.Waiting} messages wait{(shown.LastFailure is { } failure ? $": {failure}" : "")}");
        }
    });

    private static Command Verb(string verb, string description, Func<ParseResult, ApiClient, CancellationToken, Task> run)
    {
        var command = new Command(verb, description);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            await run(line, api, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
