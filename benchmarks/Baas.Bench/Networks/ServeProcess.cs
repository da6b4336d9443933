using System.Diagnostics;
using System.Globalization;
using Baas.Bench.Measuring;

namespace Baas.Bench.Networks;

/// <summary><c>baas serve</c> as a process of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServeProcess(Process process, int port)
    {
        (_process, Port) = (process, port);

        // A full pipe would stop the program.
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>Where it listens, or soon will.</summary>
    public int Port { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>How much of its memory is resident.</summary>
    public double ResidentMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>How much of it is no file: what no other process can share.</summary>
    public double AnonymousMiB =>
        double.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Starts it for a cluster that nobody will ask; its settings and data go into the folder.</summary>
    public static ServeProcess Start(WorkFolder folder) => Start(folder, ["--kubeconfig", Kubeconfig.Write(folder)]);

    /// <summary>Starts it with the clusters of a settings file.</summary>
    public static ServeProcess Start(WorkFolder folder, string settings) => Start(folder, ["--settings", settings]);

    private static ServeProcess Start(WorkFolder folder, string[] clusters)
    {
        var port = FreePort.Take();
        string[] arguments = ["serve", .. clusters, "--data", folder.In("data"), "--port", port.ToString(CultureInfo.InvariantCulture)];
        return new ServeProcess(BaasProcess.Start(folder.In("settings.json"), arguments), port);
    }

    /// <summary>Waits until it says that it serves.</summary>
    public async Task UntilServingAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("service at", StringComparison.Ordinal))
            {
                _ = _process.StandardError.ReadToEndAsync(cancellationToken);
                return;
            }
        }

        throw new BenchException("baas serve has ended before it served");
    }

    /// <summary>Ends it and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
