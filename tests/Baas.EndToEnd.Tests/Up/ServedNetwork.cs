using System.Text.Json.Nodes;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Up;

/// <summary>A <c>baas up</c> that serves the network of examples/two-orgs.yaml.</summary>
public sealed class ServedNetwork : IAsyncLifetime
{
    public const string Network = "two-orgs";

    private readonly TestFolder _folder = new();
    private BaasProcess _up = null!; // InitializeAsync

    public string Data => _folder.In("data");

    public string Settings => _folder.In("config.json");

    public string Kubeconfig => Path.Combine(Data, "sandbox", "kubeconfig");

    public async Task InitializeAsync()
    {
        _up = BaasProcess.Start(Settings, "up", "--port", "0", "--data", Data);
        await _up.UntilAsync("serving until Ctrl-C");
    }

    public async Task DisposeAsync()
    {
        await _up.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A path in the fixture's folder.</summary>
    public string In(string name) => _folder.In(name);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        return In(name);
    }

    /// <summary>Runs a command against the service.</summary>
    internal Task<BaasResult> RunAsync(params string[] arguments) => BaasProcess.RunAsync(Settings, arguments);

    /// <summary>Runs a command that has to succeed.</summary>
    /// <returns>What it printed on stdout.</returns>
    internal async Task<string> GetAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"baas {string.Join(' ', arguments)}: {result}");
        return result.Output;
    }

    /// <summary>The same as JSON.</summary>
    internal async Task<JsonNode> GetJsonAsync(params string[] arguments) => JsonNode.Parse(await GetAsync([.. arguments, "--output", "json"]))!; // no command prints null
}
