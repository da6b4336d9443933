using System.CommandLine;
using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas backup …</c>.</summary>
internal static class BackupCommand
{
    public static Command Create() => new("backup", "Takes, shows, checks and forgets backups of networks.")
    {
        CreateBackup(),
        List(),
        Show(),
        Verify(),
        Delete(),
        BackupScheduling.Create(),
    };

    /// <summary>The network that a command is about.</summary>
    internal static Argument<string> Network() => new("network") { Description = "The network's name" };

    /// <summary>The backup that a command is about.</summary>
    internal static Argument<string> Backup() => new("backup") { Description = "The backup's id, such as bk-0f3c…" };

    private static Option<bool> NoWait() => new("--no-wait") { Description = "Return as soon as the operation has begun" };

    private static string PathOf(string network, string? backup = null) =>
        $"/networks/{Uri.EscapeDataString(network)}/backups{(backup is null ? "" : $"/{Uri.EscapeDataString(backup)}")}";

    private static Command CreateBackup()
    {
        var (network, noWait) = (Network(), NoWait());
        var command = new Command("create", "Takes a backup: one node after the other is stopped, packed and started, so a network with a quorum goes on.") { network, noWait };
        command.WithExamples("baas backup create two-orgs");
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var operation = await api.ChangeAsync<Operation>(HttpMethod.Post, PathOf(line.GetRequiredValue(network)), null, cancellationToken);
            return await OperationCommand.FollowAsync(line, api, operation, !line.GetValue(noWait), cancellationToken);
        });
        return command;
    }

    private static Command List()
    {
        var network = Network();
        var command = new Command("list", "Lists a network's backups, also when the network was deleted.") { network };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            Printer.Of(line).Print(await api.ListAsync<Backup>(PathOf(line.GetRequiredValue(network)), cancellationToken), BackupView.DrawList);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show()
    {
        var (network, backup) = (Network(), Backup());
        var command = new Command("show", "Shows what a backup holds.") { network, backup };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var (path, printer) = (PathOf(line.GetRequiredValue(network), line.GetRequiredValue(backup)), Printer.Of(line));
            if (printer.Format == OutputFormat.Table)
            {
                printer.Print(await api.GetAsync<Backup>(path, cancellationToken), BackupView.Draw);
            }
            else
            {
                printer.Print(await api.GetAsync<JsonObject>(path, cancellationToken), (_, _) => { });
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Verify()
    {
        var (network, backup, noWait) = (Network(), Backup(), NoWait());
        var command = new Command("verify", "Reads a backup back and checks every part of it.") { network, backup, noWait };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = PathOf(line.GetRequiredValue(network), line.GetRequiredValue(backup)) + "/verify";
            return await OperationCommand.FollowAsync(line, api, await api.ChangeAsync<Operation>(HttpMethod.Post, path, null, cancellationToken), !line.GetValue(noWait), cancellationToken);
        });
        return command;
    }

    private static Command Delete()
    {
        var (network, backup) = (Network(), Backup());
        var command = new Command("delete", "Forgets a backup. What no other backup needs goes after the next one is taken.") { network, backup };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            await api.DeleteAsync(PathOf(line.GetRequiredValue(network), line.GetRequiredValue(backup)), cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
