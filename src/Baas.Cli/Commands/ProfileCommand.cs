using System.CommandLine;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas profile</c>: a connection profile for Fabric's SDKs.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var network = new Argument<string>("network") { Description = "The network's name" };
        var organization = new Argument<string>("organization") { Description = "The organization's name" };
        var json = new Option<bool>("--json") { Description = "As JSON instead of YAML" };
        var file = new Option<FileInfo?>("--out") { Description = "Write it to a file instead of stdout", HelpName = "FILE" };
        var command = new Command("profile", "Exports an organization's connection profile (Fabric's common connection profile).") { network, organization, json, file };
        command.WithExamples("baas profile two-orgs org1 --out org1.yaml");
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(network))}/organizations/{Uri.EscapeDataString(line.GetRequiredValue(organization))}/profile";
            var format = line.GetValue(json) ? "json" : "yaml";
            var text = await api.GetTextAsync($"{path}?format={format}", $"application/{format}", cancellationToken);
            await LocalFiles.WriteAsync(line.GetValue(file), text, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
