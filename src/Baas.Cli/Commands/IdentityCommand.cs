using System.CommandLine;
using System.Text.Json.Nodes;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas identity</c>: an identity with its private keys, as an MSP folder for Fabric's own tools.</summary>
internal static class IdentityCommand
{
    public static Command Create()
    {
        var network = new Argument<string>("network") { Description = "The network's name" };
        var organization = new Argument<string>("organization") { Description = "The organization's name" };
        var user = new Argument<string>("user") { Description = "admin or client", DefaultValueFactory = _ => "admin" };
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write to; files in it are for you alone", HelpName = "DIR", Required = true };
        var command = new Command("identity", "Exports an organization's admin or client with its private keys, as an MSP folder and a TLS client certificate.") { network, organization, user, folder };
        command.WithExamples("""
            baas identity two-orgs org1 admin --out org1-admin
            CORE_PEER_MSPCONFIGPATH=org1-admin/msp peer channel list
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(network))}/organizations/{Uri.EscapeDataString(line.GetRequiredValue(organization))}"
                + $"/identities/{Uri.EscapeDataString(line.GetRequiredValue(user))}";
            var identity = await api.GetAsync<JsonObject>(path, cancellationToken);
            var target = line.GetRequiredValue(folder).FullName;
            await WriteAsync(identity, target, cancellationToken);
            Printer.Messages.MarkupLineInterpolated($"{(string?)identity["mspId"]}'s {(string?)identity["user"]} is in [bold]{target}[/]: msp/, tls/client.crt, tls/client.key");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task WriteAsync(JsonObject identity, string folder, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in identity["msp"] as JsonObject ?? [])
        {
            // The names come from the service; none may lead out of the folder.
            var path = Path.GetFullPath(Path.Combine(folder, "msp", name));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new CliException(ExitCode.Internal, $"cannot write \"{name}\": it leads out of the folder");
            }

            await LocalFiles.WritePrivateAsync(path, (string?)content ?? "", cancellationToken);
        }

        await LocalFiles.WritePrivateAsync(Path.Combine(folder, "tls", "client.crt"), (string?)identity["tlsCertificate"] ?? "", cancellationToken);
        await LocalFiles.WritePrivateAsync(Path.Combine(folder, "tls", "client.key"), (string?)identity["tlsPrivateKey"] ?? "", cancellationToken);
    }
}
