using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Core.Archives;
using Baas.Core.Storage.Backups;
using Baas.Core.Storage.Files;

namespace Baas.Bench.Parts;

/// <summary>Packing a ledger's volume into a folder, side by side with the usual tools.</summary>
internal static class PackedVolume
{
    private const int Quick = 512;
    private const int Full = 4096;
    private const int Runs = 3;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var megabytes = full ? Full : Quick;
        using var folder = new WorkFolder();
        var volume = folder.In("volume");
        WriteLedger(volume, megabytes);
        var (own, tools) = (new List<Cost>(), new List<Cost>());
        for (var run = 0; run < Runs; run++)
        {
            tools.Add(await CostOfToolsAsync(volume, folder.In($"tools-{run}"), cancellationToken)); // first, so that it pays for the cold cache
            own.Add(await CostOfAgentAsync(volume, folder.In($"own-{run}"), cancellationToken));
        }

        var (ownTime, toolTime) = (own.Min(cost => cost.Seconds), tools.Min(cost => cost.Seconds));
        var note = string.Create(
            CultureInfo.InvariantCulture, $"{megabytes} MiB, best of {Runs}, both to this disk: {megabytes / ownTime:0} MiB/s beside {megabytes / toolTime:0} MiB/s of {ToolLine()}");
        yield return new Measurement { Name = "pack and store, beside tar | zstd -1 | openssl enc", Value = toolTime / ownTime, Unit = "×", Goal = new Goal(0.7, IsFloor: true), Note = note };

        var (ownWork, toolWork) = (own.Min(cost => cost.ProcessorSeconds), tools.Min(cost => cost.ProcessorSeconds));
        note = string.Create(CultureInfo.InvariantCulture, $"{ownWork:0.00} s beside {toolWork:0.00} s of the processors; other programs on the machine disturb this least");
        yield return new Measurement { Name = "the same in processor time", Value = toolWork / ownWork, Unit = "×", Goal = new Goal(0.7, IsFloor: true), Note = note };

        // After all of the above: the most that this process has ever had.
        var memory = Process.GetCurrentProcess().PeakWorkingSet64 / 1024.0 / 1024;
        yield return new Measurement { Name = "memory of the whole process", Value = memory, Unit = "MiB", Goal = new Goal(128, IsFloor: false), Note = "peak; run it alone: ./bench backup" };
    }

    private static string ToolLine() => HasZstd ? "tar | zstd -1 | openssl enc -aes-256-ctr" : "tar | gzip -1 | openssl enc -aes-256-ctr (there is no zstd)";

    private static bool HasZstd { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "zstd")));

    private static async Task<Cost> CostOfAgentAsync(string volume, string target, CancellationToken cancellationToken)
    {
        using var data = DataFolder.Open(target);
        var parts = new BlobParts(data.OpenBlobs(), "backups/acme/first/volumes/org1/peer-1/");
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await new VolumePacker(VolumeKeys.Of(new byte[32]), parts).PackAsync(volume, [], cancellationToken);
        return new Cost(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static async Task<Cost> CostOfToolsAsync(string volume, string target, CancellationToken cancellationToken)
    {
        var line = $"tar -C '{volume}' -cf - . | {(HasZstd ? "zstd -1 -q -c" : "gzip -1")} | openssl enc -aes-256-ctr -pass pass:bench -pbkdf2 -iter 1 > '{target}' && sync '{target}'";
        var start = new ProcessStartInfo("bash", ["-c", $"set -o pipefail; TIMEFORMAT='%3R %3U %3S'; export LC_ALL=C; time {{ {line}; }}"]) { RedirectStandardError = true };
        using var shell = Process.Start(start) ?? throw new BenchException("cannot measure the usual tools: there is no bash");
        var said = await shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        return shell.ExitCode == 0 && said.Trim().Split(' ') is [var real, var user, var system]
            ? new Cost(Number(real), Number(user) + Number(system))
            : throw new BenchException($"cannot measure the usual tools: tar, zstd or gzip, or openssl has failed: {said.Trim()}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Blocks as peers keep them: files of 64 MiB; certificates that come again and again, between what is new each time.
    private static void WriteLedger(string volume, int megabytes)
    {
        var random = new Random(1);
        var certificate = new byte[900];
        random.NextBytes(certificate);
        var block = new byte[4096];
        var chains = Directory.CreateDirectory(Path.Combine(volume, "ledgersData", "chains", "chains", "main"));
        for (var number = 0; number * 64 < megabytes; number++)
        {
            using var file = File.Create(Path.Combine(chains.FullName, $"blockfile_{number:000000}"));
            for (var written = 0; written < 64 * 1024 * 1024; written += block.Length)
            {
                random.NextBytes(block);
                certificate.CopyTo(block, 300);
                certificate.CopyTo(block, 1800);
                certificate.CopyTo(block, 2900);
                file.Write(block);
            }
        }
    }

    private sealed record Cost(double Seconds, double ProcessorSeconds);
}
