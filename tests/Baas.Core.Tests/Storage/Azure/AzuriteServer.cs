using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Baas.Testing;

namespace Baas.Core.Tests.Storage.Azure;

/// <summary>Azure's storage emulator, one process for the tests of a class: on loopback, on a port that is free, in memory.</summary>
public sealed class AzuriteServer : IDisposable
{
    // The account that every copy of the emulator has; both are public.
    private const string Account =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";

    private static readonly Regex Listening = new("successfully listen(s|ing) (on|at) (?<address>http://127.0.0.1:[0-9]+)");
    private readonly TestFolder _folder = new();
    private Process? _process;
    private readonly Lazy<string> _address;
    private Task<string>? _rest;

    public AzuriteServer() => _address = new Lazy<string>(Start);

    /// <summary>Where npm has installed it; null when it has not.</summary>
    public static string? Program { get; } = Find();

    /// <summary>A container of a test's own. The first call starts the emulator.</summary>
    public BlobContainerClient NewContainer() => new($"{Account}BlobEndpoint={_address.Value}/devstoreaccount1;", $"test-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(TimeSpan.FromSeconds(10));
            _rest?.Wait(TimeSpan.FromSeconds(10));
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private string Start()
    {
        string[] arguments = [Program!, "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"];
        _process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, WorkingDirectory = _folder.Path })!;
        using var deadline = new Timer(_ => _process.Kill(), null, TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening.Match(line) is { Success: true } match)
            {
                _rest = _process.StandardOutput.ReadToEndAsync(); // a full pipe would stop it
                return match.Groups["address"].Value;
            }
        }

        throw new InvalidOperationException("Azurite has ended, or did not listen within a minute");
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
