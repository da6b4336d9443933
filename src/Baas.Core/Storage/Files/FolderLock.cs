using System.Globalization;
using System.Text;

namespace Baas.Core.Storage.Files;

/// <summary>Keeps a folder for one process. The system lets go of the lock when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; the file holds the process's id, for people.</summary>
    /// <exception cref="StorageException">Another process has it (<c>data-folder-locked</c>).</exception>
    /// <exception cref="IOException">The lock's file cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.OwnerOnly;
        }

        try
        {
            var held = new FolderLock(new FileStream(path, options));
            held.WriteProcessId();
            return held;
        }
        catch (IOException failure) when (failure.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows)
        {
            throw new StorageException(
                "data-folder-locked", $"cannot open data folder \"{folder}\": another process has it open (its file \"lock\" holds that process's id)", failure);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();

    private void WriteProcessId()
    {
        try
        {
            _file.SetLength(0);
            _file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
            DurableFile.Flush(_file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
