using System.Text.Json;
using Baas.Testing;
using Baas.Testing.Programs;

namespace Baas.Functions.Tests.Infra;

/// <summary>Files of <c>infra</c> and scripts, judged by the tools that they are written for.</summary>
public sealed class ToolTests
{
    private static readonly string[] Scripts = ["infra/azure/deploy.sh", ".ci/run", "baas", "bench", "benchmarks/fabric-tools.sh", "test"];

    [BicepFact]
    public async Task Bicep_CompilesWithoutAWarning()
    {
        using var folder = new TestFolder();
        var run = await ProgramRun.OfAsync(InfraTools.Bicep!, ["build", "infra/azure/main.bicep", "--outfile", folder.In("main.json")]); // the attribute has looked

        run.AssertSuccess();
        Assert.Equal("", run.Error);
        using var template = JsonDocument.Parse(await File.ReadAllTextAsync(folder.In("main.json")));
        Assert.Contains("deploymentTemplate.json", template.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
    }

    [ProgramFact("bash")]
    public async Task Scripts_AreBash()
    {
        foreach (var script in Scripts)
        {
            (await ProgramRun.OfAsync("bash", ["-n", script])).AssertSuccess();
        }
    }

    [ProgramFact("shellcheck")]
    public async Task Scripts_PassShellcheck() => (await ProgramRun.OfAsync("shellcheck", ["--severity=warning", .. Scripts])).AssertSuccess();

    [ParserFact]
    public async Task Workflows_AreOnesThatGitHubTakes()
    {
        var files = Directory.GetFiles(Repository.In(".github", "workflows"));
        var parsed = await InfraTools.ParseAsync("workflow", [.. files.Select(File.ReadAllText), "on: push\njobs: { one: { runs-on: any, stepz: [] } }"]);

        Assert.NotEmpty(parsed[^1].Errors); // the parser does find faults
        Assert.All(parsed.SkipLast(1), file => Assert.Empty(file.Errors));
    }

    [ParserFact]
    public async Task Dockerfiles_BuildFromWhatThereIs()
    {
        var files = Directory.GetFiles(Repository.In("infra", "docker"));
        var parsed = await InfraTools.ParseAsync("dockerfile", [.. files.Select(File.ReadAllText), "RUNN true"]);

        Assert.NotEmpty(parsed[^1].Errors);
        Assert.All(parsed.SkipLast(1), file => Assert.Empty(file.Errors));
        Assert.All(parsed.SkipLast(1).SelectMany(file => file.Names), source => Assert.True(Path.Exists(Repository.In(source)), source));
    }
}
