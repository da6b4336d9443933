using System.Collections.ObjectModel;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Processes;

/// <summary>The folder that stands for a container's own file system, and its environment with the paths and addresses of this machine.</summary>
internal sealed class ProgramFolder
{
    private const string ImageData = "/var/hyperledger/production";
    private const string ImageConfig = "/etc/hyperledger/fabric";
    private const string ImageBuilder = "/opt/hyperledger/ccaas_builder";

    private readonly ContainerLaunch _launch;
    private readonly NodeAddresses _addresses;
    private readonly PathMap _paths;
    private readonly string _config;
    private readonly string _scratch;

    /// <summary>Looks at a launch; nothing is written yet.</summary>
    /// <param name="launch">The container.</param>
    /// <param name="builder">The builder of chaincodes that run as services, where the image would carry it; null when there is none.</param>
    public ProgramFolder(ContainerLaunch launch, string? builder)
    {
        _launch = launch;
        _addresses = new NodeAddresses(launch.Address, launch.Resolve);
        (_config, _scratch) = (Path.Combine(launch.Folder, "config"), Path.Combine(launch.Folder, "tmp"));
        ContainerMount[] ofImage =
        [
            new("/tmp", _scratch, false), new(ImageData, Path.Combine(launch.Folder, "data"), false), new(ImageConfig, _config, false),
            .. builder is null ? Array.Empty<ContainerMount>() : [new ContainerMount(ImageBuilder, builder, true)],
        ];
        _paths = new PathMap([.. launch.Mounts, .. ofImage]);
    }

    /// <summary>Makes the folder anew: what a container wrote outside of its volumes does not survive it.</summary>
    /// <param name="defaults">The folder of a release's defaults, copied; null for programs without.</param>
    public void Make(string? defaults)
    {
        foreach (var folder in new[] { _config, _scratch })
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
        }

        foreach (var file in defaults is null ? [] : Directory.EnumerateFiles(defaults, "*.yaml"))
        {
            File.WriteAllText(Path.Combine(_config, Path.GetFileName(file)), _paths.Apply(_addresses.Own(File.ReadAllText(file))));
        }
    }

    /// <summary>All variables of the program. Of this process's own only those that say where programs are.</summary>
    public IReadOnlyDictionary<string, string> Environment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = _launch.Folder,
            ["TMPDIR"] = _paths.Apply("/tmp"),
            ["FABRIC_CFG_PATH"] = _config,
        };
        foreach (var (name, value) in _launch.Environment)
        {
            variables[name] = _paths.Apply(_addresses.Value(value));
        }

        return new ReadOnlyDictionary<string, string>(variables);
    }

    /// <summary>A word of the command line with the paths of this machine.</summary>
    public string Argument(string word) => _paths.Apply(word);
}
