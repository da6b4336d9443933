using System.CommandLine;
using System.Globalization;
using System.Net;
using Baas.Cli.Agents;
using Baas.Sandbox;

namespace Baas.Cli.Commands;

/// <summary>Options that all commands which host something share.</summary>
internal static class HostOptions
{
    /// <summary>The tenant that local services begin with.</summary>
    public const string FirstTenant = "default";

    private const string ImageFile = "sandbox-images.json";

    /// <summary>The data folder.</summary>
    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "The data folder",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(".baas"),
    };

    /// <summary>What the sandbox's Fabric nodes are.</summary>
    public static Option<SandboxNodes?> Nodes()
    {
        var option = new Option<SandboxNodes?>("--nodes")
        {
            Description = "emulated, or process: Fabric's own programs, found by BAAS_FABRIC_BIN or BAAS_FABRIC_HOME [default: as the data folder was used before, else emulated]",
            HelpName = "emulated|process",
            CustomParser = argument =>
            {
                var word = argument.Tokens[0].Value;
                if (word is "emulated" or "process")
                {
                    return word is "process" ? SandboxNodes.Process : SandboxNodes.Emulated;
                }

                argument.AddError($"--nodes is \"{word}\"; it can be emulated or process");
                return null;
            },
        };
        return option;
    }

    /// <summary>The options of a sandbox cluster.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="nodes">What its nodes are; null for what they were before.</param>
    /// <param name="imageFolder">A folder that may hold a <c>sandbox-images.json</c>; null for none.</param>
    public static SandboxOptions Sandbox(DirectoryInfo data, SandboxNodes? nodes, string? imageFolder) => new()
    {
        DataFolder = SandboxFolder(data),
        Nodes = nodes,
        Programs = AgentProgram.ForSandbox,
        FabricBin = Environment.GetEnvironmentVariable("BAAS_FABRIC_BIN"),
        FabricHome = Environment.GetEnvironmentVariable("BAAS_FABRIC_HOME"),
        ImageFiles = [Path.Combine(data.FullName, ImageFile), .. imageFolder is null ? Array.Empty<string>() : [Path.Combine(imageFolder, ImageFile)]],
    };

    /// <summary>In words what the nodes of a sandbox are.</summary>
    public static string Kind(bool isEmulated) => isEmulated ? "emulated Fabric nodes" : "Fabric's own nodes as processes";

    /// <summary>A port to listen on.</summary>
    /// <param name="description">What for, and what its absence means.</param>
    public static Option<int?> Port(string description) => new("--port")
    {
        Description = description,
        HelpName = "PORT",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
            {
                result.AddError($"cannot use --port \"{text}\": a port is a number from 0, for any free one, to {IPEndPoint.MaxPort}");
                return null;
            }

            return port;
        },
    };

    /// <summary>The part of a data folder that the sandbox cluster keeps.</summary>
    public static string SandboxFolder(DirectoryInfo data) => Path.Combine(data.FullName, "sandbox");
}
