using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Baas.Sandbox.Processes;

/// <summary>Ends programs that a sandbox started and did not end, because it was killed itself.</summary>
internal static class ProcessLeftovers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Ends what runs for containers below a folder, before their pods are started anew.</summary>
    /// <param name="podsFolder">The folder of all pods.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many programs were ended.</returns>
    /// <exception cref="SandboxException">One of them does not end.</exception>
    public static async Task<int> EndAsync(string podsFolder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(podsFolder))
        {
            return 0;
        }

        var below = podsFolder.TrimEnd('/') + '/';
        List<Process> found = [.. Noted(podsFolder), .. Marked(mark => mark.StartsWith(below, StringComparison.Ordinal))];
        foreach (var process in found)
        {
            Kill(process);
        }

        foreach (var process in found)
        {
            using (process)
            {
                await UntilGoneAsync(process, cancellationToken);
            }
        }

        return found.Count;
    }

    /// <summary>Kills what carries a container's mark, such as the children of a program that has ended.</summary>
    public static void EndMarked(Func<string, bool> isMeant)
    {
        foreach (var process in Marked(isMeant))
        {
            using (process)
            {
                Kill(process);
            }
        }
    }

    private static async Task UntilGoneAsync(Process process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException("leftover-process", $"cannot end process {process.Id}, which an earlier run of the sandbox has left behind: end it by hand and start again");
        }
    }

    // The notes are for systems without /proc; where there is one, what they name is found by its mark, too.
    private static IEnumerable<Process> Noted(string podsFolder)
    {
        foreach (var file in Directory.EnumerateFiles(podsFolder, ProcessNote.FileName, SearchOption.AllDirectories))
        {
            if (ProcessNote.Read(Path.GetDirectoryName(file) ?? podsFolder) is not { } note || Find(note.Id) is not { } process)
            {
                continue;
            }

            if (note.Is(process))
            {
                yield return process;
            }
            else
            {
                process.Dispose();
            }
        }
    }

    private static IEnumerable<Process> Marked(Func<string, bool> isMeant)
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && MarkOf(folder) is { } mark && isMeant(mark) && Find(id) is { } process)
            {
                yield return process;
            }
        }
    }

    private static string? MarkOf(string processFolder)
    {
        const string Prefix = ProcessNote.Mark + "=";
        try
        {
            var variables = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(processFolder, "environ"))).Split('\0');
            return variables.FirstOrDefault(variable => variable.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // it is somebody else's, or has ended
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception over) when (over is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }
}
