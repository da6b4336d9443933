using System.Text;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Up;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary>A service with a small network, for commands that use its ledger.</summary>
public sealed class TransactionNetwork : IAsyncLifetime
{
    public const string Name = "ledger";

    private readonly TestFolder _folder = new();
    private SandboxHost? _host;
    private ServiceRun? _service;

    internal ServiceRun Service => _service ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        _service = await _host.StartServiceAsync("service");
        await File.WriteAllTextAsync(_folder.In("key"), _service.Key);
        var made = await _service.Api.CreateToEndAsync(Name);
        Assert.True($"{made.State}".Equals("succeeded", StringComparison.OrdinalIgnoreCase), $"{made}");
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await _host!.DisposeAsync(); // it was started before the service
        _folder.Dispose();
    }

    /// <summary>A path in the fixture's folder.</summary>
    public string In(string name) => _folder.In(name);

    /// <summary>Runs <c>baas tx</c> against the service.</summary>
    internal Task<BaasResult> RunAsync(string verb, params string[] arguments) =>
        BaasProcess.RunAsync(_folder.In("settings.json"), ["tx", verb, "--server", $"{Service.Address}", "--tenant", ServiceRun.Tenant, "--api-key-file", _folder.In("key"), Name, "main", .. arguments]);

    /// <summary>Runs a command that has to succeed.</summary>
    /// <returns>What it printed on stdout.</returns>
    internal async Task<string> GetAsync(string verb, params string[] arguments)
    {
        var result = await RunAsync(verb, arguments);
        Assert.True(result.ExitCode == 0, $"baas tx {verb} {string.Join(' ', arguments)}: {result}");
        return result.Output.Trim();
    }

    /// <summary>Submits a call over HTTP; the answer may be a refusal.</summary>
    internal async Task<(int Status, string Text)> SubmitAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Service.Http.PostAsync(new Uri($"networks/{Name}/channels/main/chaincodes/asset/submit", UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
