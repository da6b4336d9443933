using System.Diagnostics;
using System.Net.Http.Headers;
using Baas.Core.Networks;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;

namespace Baas.EndToEnd.Tests.Kills;

/// <summary>A service in a process of its own (<c>baas serve</c>), which stands still at boundaries of steps, and is killed and started again on its folder.</summary>
internal sealed class KilledService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly HttpClient _http;
    private BaasProgram? _program;

    /// <summary>Of a service that ran before.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="kubeconfig">The cluster's.</param>
    /// <param name="key">A key that may do everything.</param>
    public KilledService(string folder, string kubeconfig, string key)
    {
        // An address that nobody else takes while it is down.
        var address = $"127.{Random.Shared.Next(200, 250)}.{Random.Shared.Next(1, 250)}.{Random.Shared.Next(1, 250)}";
        _folder = folder;
        _arguments = ["serve", "--kubeconfig", kubeconfig, "--data", folder, "--address", address, "--port", "7700"];
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}:7700/api/v1/tenants/{ServiceRun.Tenant}/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        Api = new NetworkApi(_http);
    }

    /// <summary>Its API, while it runs.</summary>
    public NetworkApi Api { get; }

    /// <summary>Starts it; what was under way goes on.</summary>
    /// <param name="side">On which side of steps it stands still: <c>before</c> or <c>after</c>.</param>
    public async Task StartAsync(string side)
    {
        _program = BaasProgram.Start(_folder, Environment(side), _arguments);
        await _program.UntilAsync("service at");
    }

    /// <summary>Waits until each operation stands still at a step or has ended.</summary>
    /// <param name="running">The operations; those that have ended are taken out.</param>
    /// <returns>Where they stand still, a line for each.</returns>
    public async Task<IReadOnlyList<string>> HeldAsync(List<OperationId> running)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var held = Program.Output.Split('\n').Where(line => line.StartsWith(StartupHook.Said, StringComparison.Ordinal)).Select(line => line[StartupHook.Said.Length..]).ToList();
            if (held.DistinctBy(line => line.Split(' ')[0]).ToList() is var first && first.Count >= running.Count)
            {
                return first;
            }

            foreach (var operation in running.ToList())
            {
                if ((await Api.GetOperationAsync(operation)).EndedAt is not null)
                {
                    running.Remove(operation);
                }
            }

            Assert.True(since.Elapsed < Patience, $"operations stand still elsewhere: {Program.Output}");
            await Task.Delay(Pace);
        }
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public Task KillAsync() => Program.KillAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }

    private BaasProgram Program => _program ?? throw new InvalidOperationException("not started");

    private static Dictionary<string, string> Environment(string side) => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        ["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "0x100", // held steps keep their threads
        ["BAAS_SETTING_clusters__0__defaultExposure"] = "loadBalancer", // what the service of tests has
        [StartupHook.Variable] = side,
    };
}
