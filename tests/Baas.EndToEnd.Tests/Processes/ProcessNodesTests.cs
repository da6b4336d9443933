using System.Text.Json.Nodes;
using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary><c>baas up --nodes process</c>: Fabric's own programs judge the whole path. One network at a time: each takes the machine.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class ProcessNodesTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Up_WithoutPrograms_SaysHowToGetThem()
    {
        var none = new Dictionary<string, string> { [FabricBinaries.Variable] = "", ["BAAS_FABRIC_HOME"] = "" };

        var (code, output) = await BaasProgram.RunAsync(_folder.Path, none, "up", "--nodes", "process", "--once", "--data", Data, "-f", Repository.In("examples", "two-orgs.yaml"));

        Assert.Equal(7, code);
        Assert.Contains("BAAS_FABRIC_BIN", Assert.Single(output.Split('\n')), StringComparison.Ordinal);
        Assert.Contains("fabric-programs-missing", output, StringComparison.Ordinal);
    }

    [FabricBinariesFact]
    public async Task Up_DataFolderOfEmulatedNodes_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(Data, "sandbox"));
        await File.WriteAllTextAsync(Path.Combine(Data, "sandbox", "nodes"), "Emulated");

        var (code, output) = await UpAsync("--once");

        Assert.Equal(7, code);
        Assert.Contains("data-folder-of-other-nodes", output, StringComparison.Ordinal);
    }

    [RealNodesFact]
    public async Task Up_TwoOrganizations_EndsReadyAndLeavesNoProcess()
    {
        var (code, output) = await UpAsync("--once", "--json");

        Assert.True(code == 0, output);
        var summary = JsonNode.Parse(output[output.LastIndexOf("\n{", StringComparison.Ordinal)..])!;
        Assert.False((bool?)summary["isEmulated"]);
        Assert.Equal("ready", (string?)summary["state"]);
        Assert.Empty(Machine.Programs);
    }

    [RealNodesFact]
    public async Task Up_KilledWhileNodesStart_EndsReadyNextTimeAndDeleteLeavesNothing()
    {
        await using (var first = Start())
        {
            await first.UntilAsync("apply peer");
            await first.KillAsync();
        }

        await using var second = Start();
        await second.UntilAsync("is ready");
        var listened = Machine.Listening;
        Assert.NotEmpty(Machine.Programs);

        var (code, output) = await BaasProgram.RunAsync(_folder.Path, NoVariables, "network", "delete", "two-orgs");

        Assert.True(code == 0, output);
        Machine.AssertNothingLeft(listened);
    }

    [FabricBinariesFact]
    public async Task Up_ImageWithoutProgram_FailsWithThatReason()
    {
        var file = _folder.In("network.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Specification)).Replace("baas.example/asset-chaincode:1.0", "nowhere/asset:9", StringComparison.Ordinal));

        var (code, output) = await BaasProgram.RunAsync(_folder.Path, NoVariables, "up", "--nodes", "process", "--once", "--data", Data, "-f", file);

        Assert.Equal(1, code);
        Assert.Contains("image-refused", output, StringComparison.Ordinal);
        Assert.Contains("sandbox-images.json", output, StringComparison.Ordinal);
        Assert.Empty(Machine.Programs);
    }

    public void Dispose() => _folder.Dispose();

    private static string Specification => Repository.In("examples", "two-orgs.yaml");

    private string Data => _folder.In("data");

    private MachineState Machine => new(Data);

    private string[] Arguments => ["up", "--nodes", "process", "--data", Data, "-f", Prepare()];

    private BaasProgram Start() => BaasProgram.Start(_folder.Path, NoVariables, [.. Arguments, "--port", "0"]);

    private Task<(int ExitCode, string Output)> UpAsync(params string[] more) => BaasProgram.RunAsync(_folder.Path, NoVariables, [.. Arguments, .. more]);

    private string Prepare()
    {
        AssetChaincode.WriteTo(_folder.Path);
        var file = _folder.In("network.yaml");
        File.Copy(Specification, file, overwrite: true);
        return file;
    }
}
