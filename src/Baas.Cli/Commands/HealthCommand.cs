using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas health</c>: how networks are.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var network = new Argument<string?>("network") { Description = "The network's name; all networks when left out", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("health", "Shows how networks are, as of the last look, which happens each minute.") { network, Watch(), Events(), Heal() };
        command.WithExamples("""
            baas health
            baas health two-orgs
            baas health two-orgs --output json
            baas health watch two-orgs
            baas health heal two-orgs off
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            return await ShowAsync(Printer.Of(line), api, line.GetValue(network), cancellationToken);
        });
        return command;
    }

    private static Command Watch()
    {
        var network = Name();
        var command = new Command("watch", "Tells of each change of a network's health as it comes, until Ctrl-C.") { network };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var (printer, path) = (Printer.Of(line), PathOf(line.GetRequiredValue(network)));
            await ShowAsync(printer, api, line.GetRequiredValue(network), cancellationToken);
            await TellAsync(printer, api, path, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Events()
    {
        var network = Name();
        var command = new Command("events", "Lists what has changed in a network's health: states, alerts, acts of healing.") { network };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            Printer.Of(line).Print(await api.GetAsync<IReadOnlyList<HealthEvent>>($"{PathOf(line.GetRequiredValue(network))}/events", cancellationToken), HealthView.DrawEvents);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Heal()
    {
        var network = Name();
        var wish = new Argument<string>("wish") { Description = "on: Baas heals what is safe to heal; off: it only looks and tells" };
        wish.AcceptOnlyFromAmong("on", "off");
        var command = new Command("heal", "Switches self-healing of a network on or off.") { network, wish };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var body = JsonContent.Create(new JsonObject { ["selfHealing"] = line.GetRequiredValue(wish) == "on" });
            var set = await api.ChangeAsync<JsonObject>(HttpMethod.Put, $"{PathOf(line.GetRequiredValue(network))}/settings", body, cancellationToken);
            Printer.Of(line).Print(set, (console, settings) => console.WriteLine($"self-healing of {line.GetRequiredValue(network)} is {((bool?)settings["selfHealing"] == true ? "on" : "off")}"));
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> ShowAsync(Printer printer, ApiClient api, string? network, CancellationToken cancellationToken)
    {
        if (network is null)
        {
            printer.Print(await api.ListAsync<NetworkHealth>("/health", cancellationToken), HealthView.DrawList);
        }
        else if (printer.Format != OutputFormat.Table)
        {
            printer.Print(await api.GetAsync<JsonObject>(PathOf(network), cancellationToken), (_, _) => { });
        }
        else
        {
            printer.Print(await api.GetAsync<NetworkHealth>(PathOf(network), cancellationToken), HealthView.Draw);
        }

        return ExitCode.Success;
    }

    private static async Task TellAsync(Printer printer, ApiClient api, string path, CancellationToken cancellationToken)
    {
        var known = await api.GetAsync<IReadOnlyList<HealthEvent>>($"{path}/events", cancellationToken);
        using var pace = new PeriodicTimer(Pace);
        try
        {
            while (await pace.WaitForNextTickAsync(cancellationToken))
            {
                var events = await api.GetAsync<IReadOnlyList<HealthEvent>>($"{path}/events", cancellationToken);
                IReadOnlyList<HealthEvent> news = [.. events.TakeWhile(happened => known.Count == 0 || happened != known[0])];
                if (news.Count > 0)
                {
                    printer.Print(news, HealthView.DrawEvents);
                    known = events;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C: that is how it ends
        }
    }

    private static Argument<string> Name() => new("network") { Description = "The network's name" };

    private static string PathOf(string network) => $"/networks/{Uri.EscapeDataString(network)}/health";
}
