using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Baas.Testing.Storage.Azure;

/// <summary>Azure's storage emulator, one process for the tests of a class: on loopback, on a port that is free, in memory.</summary>
public sealed class AzuriteServer : IDisposable
{
    // The account that every copy of the emulator has; both are public.
    private const string Account =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";

    private static readonly Regex Listening = new("successfully (listen(s|ing)|started) (on|at) (http://)?(?<address>127.0.0.1:[0-9]+)");
    private readonly TestFolder _folder = new();
    private readonly List<(Process Process, Task<string> Output)> _services = [];
    private readonly Lazy<string> _blobs;
    private readonly Lazy<string> _queues;
    private readonly Lazy<string> _tables;

    public AzuriteServer()
    {
        _blobs = new Lazy<string>(() => Start("blob"));
        _queues = new Lazy<string>(() => Start("queue"));
        _tables = new Lazy<string>(() => Start("table"));
    }

    /// <summary>Where npm has installed it; null when it has not.</summary>
    public static string? Program { get; } = Find();

    /// <summary>A container of a test's own. The first call starts the emulator.</summary>
    public BlobContainerClient NewContainer() => new($"{Account}BlobEndpoint={_blobs.Value}/devstoreaccount1;", $"test-{Guid.NewGuid():N}");

    /// <summary>A queue of a test's own, not made yet. The first call starts the emulator.</summary>
    public QueueClient NewQueue() => new($"{Account}QueueEndpoint={_queues.Value}/devstoreaccount1;", $"test-{Guid.NewGuid():N}");

    /// <summary>How the whole account is reached. The first call starts the emulator.</summary>
    public string ConnectionString =>
        $"{Account}BlobEndpoint={_blobs.Value}/devstoreaccount1;QueueEndpoint={_queues.Value}/devstoreaccount1;TableEndpoint={_tables.Value}/devstoreaccount1;";

    public void Dispose()
    {
        foreach (var (process, output) in _services)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(10));
            output.Wait(TimeSpan.FromSeconds(10));
            process.Dispose();
        }

        _folder.Dispose();
    }

    private string Start(string service)
    {
        var program = Program!.Replace($"{Path.DirectorySeparatorChar}blob{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{service}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        string[] arguments = [program, $"--{service}Host", "127.0.0.1", $"--{service}Port", service == "table" ? FreePort() : "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"];
        var process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, WorkingDirectory = _folder.Path })!;
        using var deadline = new Timer(_ => process.Kill(), null, TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening.Match(line) is { Success: true } match)
            {
                _services.Add((process, process.StandardOutput.ReadToEndAsync())); // a full pipe would stop it
                return $"http://{match.Groups["address"].Value}";
            }
        }

        throw new InvalidOperationException("Azurite has ended, or did not listen within a minute");
    }

    /// <summary>The table service never says which port it took, so it is told.</summary>
    private static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");
            if (File.Exists(program))
            {
                return program;
            }
        }

        return null;
    }
}
