using System.CommandLine;
using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas network …</c>.</summary>
internal static class NetworkCommand
{
    public static Command Create() => new("network", "Creates, shows and deletes networks.")
    {
        CreateNetwork(),
        Get(),
        List(),
        Delete(),
        Watch(),
    };

    private static Argument<string> Name() => new("name") { Description = "The network's name" };

    private static Option<bool> NoWait() => new("--no-wait") { Description = "Return as soon as the operation has begun" };

    private static Command CreateNetwork()
    {
        var file = SpecificationFile.Option(required: true);
        var keep = new Option<bool>("--keep") { Description = "When a step fails, keep what is there for a retry instead of undoing it" };
        var noWait = NoWait();
        var command = new Command("create", "Creates a network and shows its progress.") { file, keep, noWait };
        command.WithExamples("""
            baas network create -f examples/two-orgs.yaml
            baas network create -f network.yaml --keep --no-wait --output json
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = line.GetValue(keep) ? "/networks?onFailure=keep" : "/networks";
            var operation = await api.ChangeAsync<Operation>(HttpMethod.Post, path, SpecificationFile.Read(line.GetRequiredValue(file)), cancellationToken);
            return await OperationCommand.FollowAsync(line, api, operation, !line.GetValue(noWait), cancellationToken);
        });
        return command;
    }

    private static Command Get()
    {
        var name = Name();
        var command = new Command("get", "Shows a network: its state, nodes and channels.") { name };
        command.WithExamples("""
            baas network get two-orgs
            baas network get two-orgs --output yaml
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(name))}";
            var printer = Printer.Of(line);
            if (printer.Format != OutputFormat.Table)
            {
                printer.Print(await api.GetAsync<JsonObject>(path, cancellationToken), (_, _) => { });
                return ExitCode.Success;
            }

            var network = await api.GetAsync<Network>(path, cancellationToken);
            printer.Print((network, await api.GetAsync<JsonObject>(path + "/topology", cancellationToken)), (console, shown) => NetworkView.Draw(console, shown.network, shown.Item2));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the tenant's networks.");
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            Printer.Of(line).Print(await api.ListAsync<Network>("/networks", cancellationToken), NetworkView.DrawList);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Delete()
    {
        var name = Name();
        var noWait = NoWait();
        var lost = new Option<string[]>("--lost-cluster") { Description = "A cluster of the network that is gone for good: nothing is asked of it", HelpName = "NAME" };
        var command = new Command("delete", "Deletes a network with everything that was made for it, its ledgers included. Its backups stay.") { name, lost, noWait };
        command.WithExamples("""
            baas network delete two-orgs
            baas network delete two-orgs --lost-cluster east
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var query = string.Join('&', (line.GetValue(lost) ?? []).Select(cluster => $"lostCluster={Uri.EscapeDataString(cluster)}"));
            var path = $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(name))}" + (query.Length > 0 ? $"?{query}" : "");
            var operation = await api.ChangeAsync<Operation>(HttpMethod.Delete, path, null, cancellationToken);
            return await OperationCommand.FollowAsync(line, api, operation, !line.GetValue(noWait), cancellationToken);
        });
        return command;
    }

    private static Command Watch()
    {
        var name = Name();
        var command = new Command("watch", "Shows the progress of the network's last operation until it ends.") { name };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var network = await api.GetAsync<Network>($"/networks/{Uri.EscapeDataString(line.GetRequiredValue(name))}", cancellationToken);
            return await OperationCommand.WatchAsync(line, api, network.ActiveOperation ?? network.LastOperation, cancellationToken);
        });
        return command;
    }
}
