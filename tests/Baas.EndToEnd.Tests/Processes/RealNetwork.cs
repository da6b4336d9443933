using System.Diagnostics;
using System.Text.Json.Nodes;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>A network of Fabric's own programs with the example's chaincode, run by <c>baas up</c>; and what its users do with it.</summary>
internal sealed class RealNetwork : IAsyncDisposable
{
    /// <summary>The version of the example.</summary>
    public const string Version = "3.1.5";

    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _variables;
    private readonly string _programs;
    private BaasProgram? _up;

    /// <summary>Writes the specification; nothing runs yet.</summary>
    /// <param name="example">A file of <c>examples</c>.</param>
    /// <param name="version">The version of Fabric that it is to have.</param>
    /// <param name="name">The network's name in that file.</param>
    /// <param name="edit">Changes the specification's text.</param>
    public RealNetwork(string example = "two-orgs.yaml", string version = Version, string name = "two-orgs", Func<string, string>? edit = null)
    {
        (Name, _programs) = (name, FabricBinaries.FolderOf(version)!); // or the test was skipped
        _variables = new() { [FabricBinaries.Variable] = _programs, [FabricBinaries.HomeVariable] = "" };
        var text = File.ReadAllText(Repository.In("examples", example)).Replace($"fabricVersion: {Version}", $"fabricVersion: {version}", StringComparison.Ordinal);
        File.WriteAllText(_folder.In("network.yaml"), edit is null ? text : edit(text));
        MapImage();
    }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    /// <summary>What the machine holds of it.</summary>
    public MachineState Machine => new(Data);

    /// <summary>What <c>baas up</c> has printed.</summary>
    public string Output => _up?.Output ?? "";

    private string Data => _folder.In("data");

    /// <summary>A path in its folder.</summary>
    public string In(params string[] names) => _folder.In(names);

    /// <summary>Maps the chaincode's image to another program, which starts in the example's folder.</summary>
    public void MapImage(params string[] command) => AssetChaincode.WriteTo(_folder.Path, command);

    /// <summary>Starts <c>baas up</c>.</summary>
    public BaasProgram Start(params string[] more) =>
        _up = BaasProgram.Start(_folder.Path, _variables, ["up", "--nodes", "process", "--port", "0", "--data", Data, "-f", _folder.In("network.yaml"), .. more]);

    /// <summary>Starts <c>baas up</c> and waits for the ready network.</summary>
    public async Task UpAsync()
    {
        Start();
        await _up!.UntilAsync("serving until Ctrl-C"); // Start sets it
    }

    /// <summary>Runs a command of <c>baas</c> against the service.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => BaasProgram.RunAsync(_folder.Path, _variables, arguments);

    /// <summary>Runs a command of <c>baas</c> that has to succeed.</summary>
    public async Task<string> GetAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.True(code == 0, $"baas {string.Join(' ', arguments)}: {output}");
        return output;
    }

    /// <summary>Exports an organization's profile and its administrator.</summary>
    public async Task<ExportedOrganization> ExportAsync(string organization)
    {
        var (profile, identity) = (_folder.In($"{organization}.json"), _folder.In($"{organization}-admin"));
        if (!File.Exists(profile))
        {
            await GetAsync("profile", Name, organization, "--json", "--out", profile);
            await GetAsync("identity", Name, organization, "admin", "--out", identity);
        }

        return new ExportedOrganization(profile, identity, JsonNode.Parse(await File.ReadAllTextAsync(profile))!.AsObject()); // a profile is an object
    }

    /// <summary>Runs a program of Fabric to its end; it has to succeed.</summary>
    public async Task<string> FabricAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var config = Path.Combine(Path.GetDirectoryName(_programs)!, "config"); // a folder of programs has one above it
        return await ProgramAsync(Path.Combine(_programs, program), new Dictionary<string, string>(environment) { ["FABRIC_CFG_PATH"] = config, ["FABRIC_LOGGING_SPEC"] = "error" }, arguments);
    }

    /// <summary>Runs the Node gateway client to its end; it has to succeed.</summary>
    public async Task<string> GatewayAsync(ExportedOrganization user, params string[] arguments) =>
        await ProgramAsync("node", new Dictionary<string, string>(), [Repository.In("tests", "gateway-client", "client.js"), user.ProfileFile, user.IdentityFolder, "main", "asset", .. arguments]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_up is not null)
        {
            await _up.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Runs a program to its end; it has to succeed.</summary>
    public static async Task<string> ProgramAsync(string program, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        using var limit = new CancellationTokenSource(CommandLimit);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!; // null only for shells
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {output} {await errors}");
        return output.Trim();
    }
}
