using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Baas.EndToEnd.Tests.Kubectl;

/// <summary>The real kubectl against a sandbox.</summary>
internal sealed class Kubectl(string kubeconfig)
{
    /// <summary>Runs a command that has to succeed, and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("kubectl did not start");
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.True(process.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await error}");
        return output;
    }

    /// <summary>The same as JSON.</summary>
    public async Task<JsonNode> GetAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "-o", "json"]))!; // kubectl prints an object
}
