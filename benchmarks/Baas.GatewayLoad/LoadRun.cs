using System.Diagnostics;
using System.Globalization;
using Baas.Core.Fabric.Gateway;

namespace Baas.GatewayLoad;

/// <summary>Calls a chaincode from several lanes, each of which waits for its answer before it calls again.</summary>
internal sealed class LoadRun(LoadArguments load, GatewayChaincode chaincode)
{
    public async Task<LoadResult> MeasureAsync()
    {
        await RunAsync("w", load.WarmUp);
        var (processor, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await RunAsync("m", load.Count);
        var (seconds, spent) = (watch.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - processor);
        return new LoadResult(load.Count / seconds, StatusMiB("VmHWM"), StatusMiB("VmRSS"), StatusMiB("RssAnon"), spent.TotalMilliseconds / load.Count);
    }

    // As load.js reads it.
    private static double StatusMiB(string line) =>
        double.Parse(File.ReadLines("/proc/self/status").First(known => known.StartsWith(line + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    private Task RunAsync(string phase, int calls)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, load.Concurrent).Select(_ => LaneAsync()));

        async Task LaneAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < calls)
            {
                await CallAsync(string.Create(CultureInfo.InvariantCulture, $"{load.Prefix}-{phase}-{number}"));
            }
        }
    }

    private Task CallAsync(string own)
    {
        string[] arguments = [.. load.Arguments.Select(argument => argument.Replace("{n}", own, StringComparison.Ordinal))];
        return load.IsSubmit
            ? chaincode.SubmitAsync(load.Function, arguments, CancellationToken.None)
            : chaincode.EvaluateAsync(load.Function, arguments, CancellationToken.None);
    }
}
