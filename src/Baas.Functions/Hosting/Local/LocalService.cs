using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Files;
using Baas.Core.Workflows.Engine.Journal;
using Baas.Functions.Hosting.Telemetry;
using Baas.Functions.Http;
using Baas.Functions.Queues;
using Baas.Functions.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>The whole service in this process: API on Kestrel, workflows on the journal engine, state in a data folder.</summary>
public sealed class LocalService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataFolder _folder;
    private readonly IDisposable? _telemetry;
    private readonly IReadOnlyList<TimerLoop> _timers;
    private readonly QueuePump _pump;

    private LocalService(WebApplication app, DataFolder folder, IDisposable? telemetry, IReadOnlyList<TimerLoop> timers, QueuePump pump)
    {
        _pump = pump;
        _app = app;
        _folder = folder;
        _telemetry = telemetry;
        _timers = timers;
        Address = AddressOf(app);
    }

    /// <summary>Where the API listens.</summary>
    public Uri Address { get; }

    /// <summary>Makes a data folder when it is absent, and sees that it can be used.</summary>
    /// <exception cref="Core.BaasException">It cannot: <c>data-folder-locked</c>, <c>data-folder-newer</c>, <c>data-folder-unwritable</c> or <c>data-folder-damaged</c>.</exception>
    public static void PrepareFolder(string path) => DataFolder.Open(path).Dispose();

    /// <summary>Starts the service: what was under way when it last ended goes on.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="HostingException"><c>address-in-use</c>, <c>address-needs-certificate</c>, <c>certificate-unreadable</c>, <c>setting-invalid</c>.</exception>
    /// <exception cref="Core.BaasException">The data folder cannot be used (<c>data-folder-…</c>).</exception>
    public static async Task<LocalService> StartAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        if (options.CertificateFile is null && !IPAddress.IsLoopback(options.Address))
        {
            throw new HostingException("address-needs-certificate", $"cannot listen on {options.Address}: others can reach it, so it needs a certificate and key");
        }

        var folder = DataFolder.Open(options.DataFolder);
        WebApplication? app = null;
        IDisposable? telemetry = null;
        try
        {
            (app, telemetry) = Build(options, folder);
            LocalSettings.Guard("clusters", app.Services.GetRequiredService<KubernetesClusters>);
            await LocalSettings.Guard("journal", app.Services.GetRequiredService<JournalEngine>).StartAsync(cancellationToken);
            await SweepAsync(app.Services, cancellationToken);
            await ListenAsync(app, options, cancellationToken);
            app.Services.GetRequiredService<TransferAddresses>().Listening = AddressOf(app);
            return new LocalService(app, folder, telemetry, StartTimers(app.Services), StartPump(app.Services));
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            telemetry?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Faults when the journal cannot be written any more, a full disk for example: nothing goes on then and the process has to end.</summary>
    public Task Completion => _app.Services.GetRequiredService<JournalEngine>().Completion;

    internal IServiceProvider Services => _app.Services;

    /// <summary>Makes an admin key. It is stored hashed and shown once.</summary>
    public async Task<string> IssueAdminKeyAsync(string description, CancellationToken cancellationToken) =>
        (await _app.Services.GetRequiredService<ApiKeys>().CreateAsync(Role.Admin, null, description, null, cancellationToken)).Key;

    /// <summary>Whether a key works here with all rights.</summary>
    public async Task<bool> IsAdminKeyAsync(string key, CancellationToken cancellationToken) =>
        await _app.Services.GetRequiredService<ApiKeys>().AuthenticateAsync(key, cancellationToken) is { Role: Role.Admin };

    /// <summary>Makes a tenant unless it is there.</summary>
    public async Task EnsureTenantAsync(string name, CancellationToken cancellationToken) =>
        await _app.Services.GetRequiredService<TenantOperations>().EnsureAsync(TenantName.Parse(name), null, cancellationToken);

    /// <summary>Stops: running steps are given up and run again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll([_pump.DisposeAsync().AsTask(), .. _timers.Select(timer => timer.DisposeAsync().AsTask())]);
        await _app.DisposeAsync();
        _telemetry?.Dispose(); // it sends what is left
        _folder.Dispose();
    }

    private static async Task SweepAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<OperationSweep>().RunAsync(atStart: true, cancellationToken);
        }
        catch (OperationSweepException failure)
        {
            Log.StartSweepIncomplete(services.GetRequiredService<ILogger<LocalService>>(), failure); // one bad operation does not keep all others from going on
        }
    }

    private static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    private static (WebApplication App, IDisposable? Telemetry) Build(LocalOptions options, DataFolder folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(options.Settings);
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // a failed start is thrown, too, and told in one line
        var telemetry = OtlpTelemetry.Start(options.Settings, builder.Logging);
        builder.Services.AddLocalService(options, folder);
        options.Adjust?.Invoke(builder.Services);
        builder.WebHost.UseKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // routes have smaller limits of their own
        });
        if (options.CertificateFile is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(server => server.Listen(options.Address, options.Port, listen =>
        {
            if (options.CertificateFile is { } certificate)
            {
                listen.UseHttps(ReadCertificate(certificate, options.KeyFile));
            }
        }));
        var app = builder.Build();
        app.Run(ApiPipeline.Build(app.Services));
        return (app, telemetry);
    }

    private static X509Certificate2 ReadCertificate(string certificate, string? key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new HostingException("certificate-unreadable", $"cannot read certificate \"{certificate}\": {failure.Message}", failure);
        }
    }

    private static async Task ListenAsync(WebApplication app, LocalOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException failure) when (failure.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new HostingException("address-in-use", $"cannot listen on {options.Address}:{options.Port}: another program does; choose another port with --port", failure);
        }
    }

    private static QueuePump StartPump(IServiceProvider services) => new(
        services.GetRequiredService<MessageReceiver>(), services.GetRequiredService<OperationQueue>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<QueuePump>>());

    private static IReadOnlyList<TimerLoop> StartTimers(IServiceProvider services)
    {
        var (clock, logger) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<LocalService>>());
        return [.. services.GetServices<IServiceTimer>().Select(timer => new TimerLoop(timer.Name, timer.Interval, timer.RunAsync, clock, logger))];
    }
}
