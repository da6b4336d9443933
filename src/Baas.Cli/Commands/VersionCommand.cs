using System.CommandLine;
using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>The version of this program.</summary>
    public static string Version { get; } = typeof(VersionCommand).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static Command Create()
    {
        var server = new Option<bool>("--client") { Description = "Do not ask the service for its version" };
        var command = new Command("version", "Shows the versions of this program and of the service.") { server };
        command.SetAction(async (line, cancellationToken) =>
        {
            var result = new JsonObject { ["client"] = Version };
            if (!line.GetValue(server) && UserSettings.Load().Current is not null)
            {
                await AskAsync(line, result, cancellationToken);
            }

            Printer.Of(line).Print(result, Draw);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task AskAsync(ParseResult line, JsonObject result, CancellationToken cancellationToken)
    {
        using var api = ConnectionOptions.Connect(line);
        try
        {
            var service = await api.GetServiceAsync(cancellationToken);
            result["service"] = (string?)service["version"];
            result["fabricVersions"] = service["fabricVersions"]?.DeepClone();
        }
        catch (CliException unreachable) when (unreachable.ExitCode == ExitCode.Unreachable)
        {
            result["service"] = "not running"; // the client's version is asked for most when nothing works
        }
        catch (ApiException refused)
        {
            result["service"] = refused.Problem.Detail;
        }
    }

    private static void Draw(IAnsiConsole console, JsonObject versions)
    {
        console.MarkupLineInterpolated($"baas      {(string?)versions["client"]}");
        if (versions["service"] is { } service)
        {
            console.MarkupLineInterpolated($"service   {(string?)service}");
        }

        if (versions["fabricVersions"] is JsonArray fabric)
        {
            console.MarkupLineInterpolated($"Fabric    {string.Join(", ", fabric.Select(version => (string?)version))}");
        }
    }
}
