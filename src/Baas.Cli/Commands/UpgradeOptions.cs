using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Baas.Cli.Commands;

/// <summary>What the commands that plan and start an upgrade take.</summary>
internal sealed class UpgradeOptions
{
    private readonly Argument<string> _version = new("version") { Description = "The version of Fabric, such as 3.1.5" };
    private readonly Option<bool> _capabilities = new("--capabilities") { Description = "Raise the capabilities of all channels to those of the version, last of all; there is no way back" };
    private readonly Option<string[]> _capabilitiesOf = new("--capabilities-of") { Description = "The same for one channel; may be given more than once", HelpName = "CHANNEL" };
    private readonly Option<string?> _requireBackup = new("--require-backup") { Description = "Refuse without a verified backup that is at most so old, such as 24h", HelpName = "AGE" };

    public void AddTo(Command command)
    {
        command.Add(_version);
        command.Add(_capabilities);
        command.Add(_capabilitiesOf);
        command.Add(_requireBackup);
    }

    /// <summary>The body of the request.</summary>
    public JsonContent BodyOf(ParseResult line)
    {
        var body = new JsonObject { ["fabricVersion"] = line.GetRequiredValue(_version), ["capabilities"] = line.GetValue(_capabilities) };
        if (line.GetValue(_capabilitiesOf) is { Length: > 0 } channels)
        {
            body["capabilitiesOf"] = new JsonArray([.. channels.Select(channel => JsonValue.Create(channel))]);
        }

        if (line.GetValue(_requireBackup) is { } age)
        {
            body["requireBackup"] = age;
        }

        return JsonContent.Create(body);
    }
}
