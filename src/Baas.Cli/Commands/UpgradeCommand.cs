using System.CommandLine;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas upgrade</c>: moves networks to another version of Fabric while they are used.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        var command = new Command("upgrade", "Moves a network to another version of Fabric, node by node, while it is used.")
        {
            Plan(),
            Start(),
            Verb("pause", "pause", "Lets an upgrade stand still before its next node."),
            Verb("resume", "resume", "Lets a paused upgrade go on."),
            Verb("abort", "cancel", "Ends an upgrade: the node that it is at is taken back, those that are done stay."),
        };
        command.WithExamples("""
            baas upgrade plan two-orgs 3.1.5
            baas upgrade start two-orgs 3.1.5 --require-backup 24h
            baas upgrade start two-orgs 3.1.5 --capabilities
            baas upgrade pause op-0123456789abcdef0123
            """);
        return command;
    }

    private static Command Plan()
    {
        var (network, asked) = (Network(), new UpgradeOptions());
        var command = new Command("plan", "Shows what an upgrade would do, and what stands in its way; touches nothing.") { network };
        asked.AddTo(command);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var plan = await api.ChangeAsync<UpgradePlan>(
                HttpMethod.Post, $"{PathOf(line.GetRequiredValue(network))}?dryRun=true", asked.BodyOf(line), cancellationToken);
            Printer.Of(line).Print(plan, Draw);
            return plan.IsPossible ? ExitCode.Success : ExitCode.Conflict;
        });
        return command;
    }

    private static Command Start()
    {
        var (network, asked) = (Network(), new UpgradeOptions());
        var wait = new Option<bool>("--no-wait") { Description = "Do not wait for the end" };
        var command = new Command("start", "Begins an upgrade and follows it to its end.") { network, wait };
        asked.AddTo(command);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var operation = await api.ChangeAsync<Operation>(HttpMethod.Post, PathOf(line.GetRequiredValue(network)), asked.BodyOf(line), cancellationToken);
            return await OperationCommand.FollowAsync(line, api, operation, !line.GetValue(wait), cancellationToken);
        });
        return command;
    }

    private static Command Verb(string name, string route, string description)
    {
        var operation = new Argument<string>("operation") { Description = "The upgrade's operation" };
        var command = new Command(name, description) { operation };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var id = Uri.EscapeDataString(line.GetRequiredValue(operation));
            var now = await api.ChangeAsync<Operation>(HttpMethod.Post, $"/operations/{id}/{route}", null, cancellationToken);
            return await OperationCommand.FollowAsync(line, api, now, wait: false, cancellationToken);
        });
        return command;
    }

    private static Argument<string> Network() => new("network") { Description = "The network's name" };

    private static string PathOf(string network) => $"/networks/{Uri.EscapeDataString(network)}/upgrades";

    private static void Draw(IAnsiConsole console, UpgradePlan plan)
    {
        console.WriteLine($"{plan.Network}: Fabric {plan.From} → {plan.To}");
        foreach (var phase in plan.Phases.Where(phase => phase.Subjects.Count > 0))
        {
            console.WriteLine($"  {phase.Name}: {string.Join(", ", phase.Subjects)}");
        }

        foreach (var finding in plan.Findings)
        {
            console.WriteLine($"  {(finding.IsBlocking ? "refused" : "note")}: {finding.Message} ({finding.Code})");
        }
    }
}
