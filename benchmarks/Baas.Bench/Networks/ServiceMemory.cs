using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Sandbox;

namespace Baas.Bench.Networks;

/// <summary>The memory of the service with the network of examples/two-orgs.yaml on Fabric's own programs: alone, its cluster in another process, and together with the sandbox.</summary>
internal static class ServiceMemory
{
    private static readonly string Example = Path.Combine("examples", "two-orgs.yaml");

    public static async IAsyncEnumerable<Measurement> MeasureAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (alone, anonymous) = await AloneAsync(cancellationToken);
        yield return new Measurement { Name = "memory of baas serve with that network", Value = alone, Unit = "MiB", Goal = new Goal(150), Note = "resident, after creation; the cluster is another process" };
        yield return new Measurement { Name = "  without what is mapped from files", Value = anonymous, Unit = "MiB" };
        yield return new Measurement { Name = "memory of baas up with that network", Value = await TogetherAsync(cancellationToken), Unit = "MiB", Note = "resident, after creation: service and sandbox; the nodes are processes of their own" };
    }

    private static async Task<(double Resident, double Anonymous)> AloneAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var cluster = await SandboxCluster.StartAsync(LiveService.Sandbox(SandboxNodes.Process, folder), cancellationToken);
        await using var service = ServeProcess.Start(folder, Settings(folder, cluster.KubeconfigPath));
        await service.UntilServingAsync(cancellationToken);
        await BaasProcess.RunAsync(folder.In("settings.json"), ["network", "create", "-f", Example], cancellationToken);
        return (service.ResidentMiB, service.AnonymousMiB);
    }

    // Real nodes of the sandbox find each other by addresses alone.
    private static string Settings(WorkFolder folder, string kubeconfig)
    {
        var path = folder.In("serve.json");
        File.WriteAllText(path, $$"""{"clusters": [{"name": "default", "kubeconfig": "{{kubeconfig}}", "defaultExposure": "loadBalancer"}]}""");
        return path;
    }

    private static async Task<double> TogetherAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        using var process = BaasProcess.Start(folder.In("settings.json"), "up", "--nodes", "process", "--port", "0", "--data", folder.In("data"), "-f", Example);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line && !line.StartsWith("serving until", StringComparison.Ordinal))
        {
            // What it tells of its steps is of no interest here.
        }

        process.Refresh();
        var resident = process.WorkingSet64 / 1024.0 / 1024.0;
        using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(cancellationToken);
        _ = await output;
        return resident;
    }
}
