namespace Baas.Core.Storage.Files;

/// <summary>What a failed file operation means to the users of a blob store.</summary>
internal static class FileFailures
{
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Whether this is a failure of the file system.</summary>
    public static bool IsOne(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>Whether this says that a file, or a folder above it, is not there.</summary>
    public static bool IsAbsence(Exception failure) => failure is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>The failure as the store reports it: <c>storage-full</c> or <c>storage-unavailable</c>, both worth another try.</summary>
    public static StorageException Of(string verb, string name, Exception failure, string what = "blob") =>
        failure.HResult is NoSpaceOnUnix or NoSpaceOnWindows
            ? new StorageException("storage-full", $"cannot {verb} {what} \"{name}\": the disk is full", failure) { IsTransient = true }
            : new StorageException("storage-unavailable", $"cannot {verb} {what} \"{name}\": {failure.Message}", failure) { IsTransient = true };
}
