using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Baas.Sandbox.Processes;

/// <summary>Signals to programs.</summary>
internal static class Signals
{
    private const int Term = 15;

    /// <summary>Asks a program to end; false where the system has no such signal, or the program is gone.</summary>
    public static bool Terminate(Process process) => !OperatingSystem.IsWindows() && Kill(process.Id, Term) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
