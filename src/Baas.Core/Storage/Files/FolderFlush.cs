using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Baas.Core.Storage.Files;

/// <summary>
/// Makes renames and deletes in a folder durable. The base library flushes files only, so the folder is opened by the system's own call.
/// On Windows there is nothing to do: NTFS keeps its folders in a journal.
/// </summary>
internal static class FolderFlush
{
    private const int NoSuchEntry = 2;
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacCloseOnExec = 0x1000000;

    /// <summary>Waits until the folder's entries are on the disk.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open([.. Encoding.UTF8.GetBytes(folder), 0], OperatingSystem.IsMacOS() ? MacCloseOnExec : LinuxCloseOnExec);
        if (descriptor < 0)
        {
            var cause = new Win32Exception(Marshal.GetLastPInvokeError());
            throw cause.NativeErrorCode == NoSuchEntry
                ? new DirectoryNotFoundException($"cannot open folder \"{folder}\": it is gone", cause)
                : new IOException($"cannot open folder \"{folder}\": {cause.Message}", cause);
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
