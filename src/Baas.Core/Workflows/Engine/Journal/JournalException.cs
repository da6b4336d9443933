namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>The journal cannot be used as asked.</summary>
internal sealed class JournalException(string code, string message, Exception? cause = null) : BaasException(code, message, cause)
{
    /// <summary>The code of a file that a newer version has written.</summary>
    public const string DataFolderNewer = "data-folder-newer";

    /// <summary>The code of a file that another process uses.</summary>
    public const string DataFolderInUse = "data-folder-in-use";

    /// <summary>The code of a file that cannot be opened or read.</summary>
    public const string Unreadable = "journal-unreadable";

    /// <summary>The code of a file that cannot be written any more; the engine stops and the next start goes on.</summary>
    public const string Unwritable = "journal-unwritable";

    /// <summary>The code of calls to an engine that is stopping.</summary>
    public const string Stopped = "engine-stopped";

    /// <summary>The code of a workflow whose code does not fit its history.</summary>
    public const string HistoryMismatch = "history-mismatch";

    /// <summary>The code of a workflow that has made too many calls or got too many events.</summary>
    public const string HistoryTooLong = "history-too-long";

    /// <summary>Every caller of an engine that stops gets this.</summary>
    public static JournalException Stopping() => new(Stopped, "cannot use the workflow engine: it is stopping") { IsTransient = true };
}
