using System.Diagnostics;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>Ends a program as a crash would.</summary>
internal static class ProcessKill
{
    /// <summary>Kills it and waits until it is gone.</summary>
    public static void Now(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(30));
    }
}
