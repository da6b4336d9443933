using System.CommandLine;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas certificates</c>: how long certificates last, and their renewal.</summary>
internal static class CertificatesCommand
{
    public static Command Create()
    {
        var command = new Command("certificates", "Shows and renews the certificates of networks.") { List(), Renew() };
        command.WithExamples("""
            baas certificates list two-orgs
            baas certificates renew two-orgs --dry-run
            baas certificates renew two-orgs
            baas certificates renew two-orgs --organization org1 --node peer-1 --all
            """);
        return command;
    }

    private static Command List()
    {
        var network = Network();
        var command = new Command("list", "Lists a network's certificates and how long they last.") { network };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            Printer.Of(line).Print(await api.GetAsync<Certificates>(PathOf(line.GetRequiredValue(network)), cancellationToken), CertificatesView.DrawList);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Renew()
    {
        var network = Network();
        var organization = new Option<string?>("--organization") { Description = "Only the nodes and users of this organization" };
        var node = new Option<string?>("--node") { Description = "Only this node of the organization" };
        var all = new Option<bool>("--all") { Description = "Also what is not due" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done, and touch nothing" };
        var noWait = new Option<bool>("--no-wait") { Description = "Return as soon as the operation has begun" };
        var command = new Command("renew", "Renews certificates that are due: nodes are restarted one by one while the network is used.") { network, organization, node, all, dryRun, noWait };
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = $"{PathOf(line.GetRequiredValue(network))}/renew?{Query("organization", line.GetValue(organization))}{Query("node", line.GetValue(node))}all={(line.GetValue(all) ? "true" : "false")}";
            if (line.GetValue(dryRun))
            {
                Printer.Of(line).Print(await api.ChangeAsync<RenewalPlan>(HttpMethod.Post, $"{path}&dryRun=true", null, cancellationToken), CertificatesView.DrawPlan);
                return ExitCode.Success;
            }

            var operation = await api.ChangeAsync<Operation>(HttpMethod.Post, path, null, cancellationToken);
            return await OperationCommand.FollowAsync(line, api, operation, !line.GetValue(noWait), cancellationToken);
        });
        return command;
    }

    private static Argument<string> Network() => new("network") { Description = "The network's name" };

    private static string PathOf(string network) => $"/networks/{Uri.EscapeDataString(network)}/certificates";

    private static string Query(string name, string? value) => value is null ? "" : $"{name}={Uri.EscapeDataString(value)}&";
}
