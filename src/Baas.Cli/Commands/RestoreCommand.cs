using System.CommandLine;
using System.Net.Http.Json;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas restore</c>: a network from a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var (network, backup) = (BackupCommand.Network(), BackupCommand.Backup());
        var nodes = new Option<string[]>("--node") { Description = "Restore only this node, such as peer-1.org1; may be given more than once", HelpName = "NODE" };
        var force = new Option<bool>("--force") { Description = "Replace the volumes of nodes that are there" };
        var from = new Option<string?>("--from") { Description = "The network that the backup is of, when the restored one gets another name", HelpName = "NETWORK" };
        var cluster = new Option<string?>("--cluster") { Description = "Put a new network on this cluster instead of the backup's", HelpName = "CLUSTER" };
        var keep = new Option<bool>("--keep") { Description = "When a new network cannot be made, keep what is there for a retry instead of undoing it" };
        var noWait = new Option<bool>("--no-wait") { Description = "Return as soon as the operation has begun" };
        var command = new Command("restore", "Restores a network that is gone from a backup; or, with --force, the volumes of one that is there.") { network, backup, nodes, force, from, cluster, keep, noWait };
        command.WithExamples("""
            baas restore two-orgs bk-0f3c2a
            baas restore two-orgs bk-0f3c2a --force --node peer-1.org1
            baas restore copy bk-0f3c2a --from two-orgs
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(network))}/restores{(line.GetValue(keep) ? "?onFailure=keep" : "")}";
            using var body = JsonContent.Create(new { backup = line.GetRequiredValue(backup), nodes = line.GetValue(nodes) ?? [], force = line.GetValue(force), from = line.GetValue(from), cluster = line.GetValue(cluster) });
            await body.LoadIntoBufferAsync(cancellationToken);
            var operation = await api.ChangeAsync<Operation>(HttpMethod.Post, path, body, cancellationToken);
            return await OperationCommand.FollowAsync(line, api, operation, !line.GetValue(noWait), cancellationToken);
        });
        return command;
    }
}
