using System.Diagnostics;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Functions.Hosting.Local;
using Baas.Sandbox;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary>Carries <c>baas up</c> out.</summary>
internal static class Up
{
    public static async Task<int> RunAsync(UpOptions options, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var body = SpecificationFile.Read(options.Specification); // before anything starts
        LocalService.PrepareFolder(options.Data.FullName); // likewise: a folder that cannot be used gets no sandbox
        await using var sandbox = await SandboxCluster.StartAsync(HostOptions.Sandbox(options.Data, options.Nodes, options.Specification.DirectoryName), cancellationToken);
        await using var service = await LocalService.StartAsync(ServiceOptions(options, sandbox.KubeconfigPath), cancellationToken);
        var known = await LocalAccess.EnsureAsync(service, options.Data, cancellationToken);
        var started = watch.Elapsed;
        Printer.Messages.MarkupLineInterpolated($"[grey]service at {service.Address}, sandbox with {HostOptions.Kind(sandbox.IsEmulated)}, both in {Printer.Time(started)}[/]");

        using var api = new ApiClient(new ServiceAddress(known.Server, known.Tenant, known.ApiKey));
        var (operation, isNew) = await FindOrBeginAsync(api, body, cancellationToken);
        var ended = await OperationWatcher.WatchAsync(api, operation, cancellationToken);
        if (!ended.HasSucceeded)
        {
            OperationSummary.Explain(ended);
            return ExitCode.OperationFailed;
        }

        var summary = await UpSummary.OfAsync(api, ended, known.Server, sandbox.KubeconfigPath, cancellationToken) with
        {
            IsEmulated = sandbox.IsEmulated,
            StartSeconds = Math.Round(started.TotalSeconds, 3),
            IsNew = isNew,
        };
        UpSummaryView.Print(summary, options.Json);
        if (!options.Once)
        {
            Printer.Messages.MarkupLineInterpolated($"[grey]serving until Ctrl-C[/]");
            await Shutdown.WaitAsync(service.Completion, cancellationToken);
        }

        return ExitCode.Success;
    }

    private static LocalOptions ServiceOptions(UpOptions options, string kubeconfig) => new()
    {
        DataFolder = options.Data.FullName,
        Port = options.Port ?? (options.Once ? 0 : LocalOptions.DefaultPort),
        Clusters = [new ClusterOptions { Name = "default", Region = "sandbox", Kubeconfig = kubeconfig, DefaultExposure = Exposure.LoadBalancer }],
    };

    /// <summary>The operation to watch: a new one, the one under way, a retry of one that failed, or the one that made what is there.</summary>
    private static async Task<(string Operation, bool IsNew)> FindOrBeginAsync(ApiClient api, HttpContent body, CancellationToken cancellationToken)
    {
        try
        {
            return ((await api.ChangeAsync<Operation>(HttpMethod.Post, "/networks", body, cancellationToken)).Id, true);
        }
        catch (ApiException refused) when (refused.Problem is { Status: 409, Operation: { } known })
        {
            var last = await api.GetAsync<Operation>($"/operations/{known}", cancellationToken);
            return last.State is "failed" or "canceled"
                ? ((await api.ChangeAsync<Operation>(HttpMethod.Post, $"/operations/{known}/retry", null, cancellationToken)).Id, true)
                : (known, false);
        }
    }
}
