using Baas.Functions.Hosting.Cloud;
using Baas.Functions.Tests.Http;
using Baas.FunctionsHost;
using Microsoft.Extensions.Hosting;

namespace Baas.Functions.Tests.Azure.Api;

/// <summary>The API as a function app: the real worker, in this process, behind a stand-in for the Functions host.</summary>
public sealed class FunctionsApiHost : ApiHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private StandInHost? _host;
    private IHost? _worker;

    /// <summary>Where tokens come from; by default a port on which nobody listens.</summary>
    public string Authority { get; init; } = "https://127.0.0.1:9/";

    public override async Task DisposeAsync()
    {
        await (_worker?.StopAsync() ?? Task.CompletedTask);
        _worker?.Dispose();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await base.DisposeAsync();
    }

    private protected override async Task<(IServiceProvider Services, Uri Address)> StartAsync()
    {
        _host = await StandInHost.StartAsync(null);
        _worker = WorkerProgram.Build([.. _host.WorkerArguments, .. Settings.Select(setting => $"--{setting.Key}={setting.Value}")], services =>
        {
            services.Remove(services.Single(service => service.ImplementationType == typeof(StartCheck)));
            AddFakes(services);
        });
        await _worker.StartAsync();
        using var patience = new CancellationTokenSource(Patience);
        await _host.Worker.ReadyAsync(patience.Token);
        return (_worker.Services, _host.Address);
    }

    private protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("azure:storageUri", "https://127.0.0.1:9/devstoreaccount1"),
        new("azure:queueUri", "https://127.0.0.1:9/devstoreaccount1"),
        new("azure:keyVaultUri", "https://127.0.0.1:9/"),
        new("oidc:authority", Authority),
        new("clusters:0:name", "default"),
        new("clusters:0:inCluster", "true"),
    ];
}
