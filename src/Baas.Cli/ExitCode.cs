namespace Baas.Cli;

/// <summary>What the program's end tells scripts.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The operation was carried out and failed.</summary>
    public const int OperationFailed = 1;

    /// <summary>The command line or the document is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>The service does not answer.</summary>
    public const int Unreachable = 3;

    /// <summary>The API key is missing, does not work, or may not do this.</summary>
    public const int NotAllowed = 4;

    /// <summary>There is no such thing.</summary>
    public const int NotFound = 5;

    /// <summary>Something stands in the way: busy, or existing already.</summary>
    public const int Conflict = 6;

    /// <summary>This machine stands in the way: a port in use, a folder that cannot be written.</summary>
    public const int Environment = 7;

    /// <summary>The service or this program has a fault.</summary>
    public const int Internal = 10;

    /// <summary>Stopped with Ctrl-C before the end. What serves until Ctrl-C ends with <see cref="Success"/>.</summary>
    public const int Interrupted = 130;
}
