using System.Diagnostics;

namespace Baas.FunctionsHost;

/// <summary>
/// <c>host</c>: the stand-in with Durable Functions' extension, and a worker as its child, which is started again when it has gone. Prints its address when it is ready.
/// <c>worker</c>: the worker. Settings are environment variables, as on Azure.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["worker", .. var rest])
        {
            await WorkerProgram.RunAsync(rest);
            return 0;
        }

        await using var host = await StandInHost.StartAsync(DurableHost.StartAsync);
        using var first = StartWorker(host);
        await host.Worker.ReadyAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(host.Address.ToString());
        await first.WaitForExitAsync();
        while (true)
        {
            using var next = StartWorker(host);
            await next.WaitForExitAsync();
        }
    }

    private static Process StartWorker(StandInHost host)
    {
        var worker = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "worker", .. host.WorkerArguments])
        {
            Environment = { ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated" },
        }) ?? throw new InvalidOperationException("cannot start dotnet");
        Console.Out.WriteLine($"worker {worker.Id}");
        return worker;
    }
}
