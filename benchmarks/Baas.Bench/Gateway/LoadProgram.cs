using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Baas.Bench.Networks;

namespace Baas.Bench.Gateway;

/// <summary>A gateway client in a process of its own, so that its memory and its processor time are its own.</summary>
/// <param name="Name">The client, for people.</param>
/// <param name="Key">What its keys in the ledger begin with.</param>
/// <param name="Command">The program and its first argument.</param>
internal sealed record LoadProgram(string Name, string Key, string[] Command)
{
    /// <summary>benchmarks/Baas.GatewayLoad, built as this program is.</summary>
    public static LoadProgram Ours { get; } = new("Baas", "b", ["dotnet", Path.Combine(Specifications.Repository, "artifacts", "bin", "Baas.GatewayLoad", new DirectoryInfo(AppContext.BaseDirectory).Name, "Baas.GatewayLoad.dll")]);

    /// <summary>benchmarks/gateway-load, with @hyperledger/fabric-gateway.</summary>
    public static LoadProgram Node { get; } = new("Node", "n", ["node", Path.Combine(Specifications.Repository, "benchmarks", "gateway-load", "load.js")]);

    /// <summary>Runs it once.</summary>
    /// <param name="kind">What it calls.</param>
    /// <param name="access">The files with the profile and the identity.</param>
    /// <param name="concurrent">How many calls are under way at any time.</param>
    /// <param name="round">The number of the round: it makes keys new.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="BenchException">A call failed.</exception>
    public async Task<LoadResult> RunAsync(LoadKind kind, (string Profile, string Identity) access, int concurrent, int round, CancellationToken cancellationToken)
    {
        string[] numbers = [.. new[] { concurrent, kind.WarmUp, kind.Count }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{Key}{round}");
        var start = new ProcessStartInfo(Command[0], [Command[1], access.Profile, access.Identity, "main", kind.Chaincode, kind.Verb, .. numbers, prefix, .. kind.Call])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new BenchException($"cannot start {Command[0]}");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && JsonSerializer.Deserialize<LoadResult>(await output, JsonSerializerOptions.Web) is { } result
            ? result
            : throw new BenchException($"the client {Name} ended with {process.ExitCode}: {await errors}");
    }
}
