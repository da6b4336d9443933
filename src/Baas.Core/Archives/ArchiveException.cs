namespace Baas.Core.Archives;

/// <summary>An archive cannot be written or read. The message names the part.</summary>
/// <param name="code"><c>archive-part-missing</c>, <c>archive-part-damaged</c>, <c>archive-truncated</c>, <c>archive-entry-unsupported</c>, <c>archive-refused</c> or <c>archive-unreachable</c>.</param>
/// <param name="message">One line for a person.</param>
/// <param name="cause">What lies behind it.</param>
public sealed class ArchiveException(string code, string message, Exception? cause = null) : BaasException(code, message, cause)
{
    /// <summary>The code of a part that is not there.</summary>
    public const string PartMissing = "archive-part-missing";

    /// <summary>The code of a part whose content is not what was stored, or that another key has sealed.</summary>
    public const string PartDamaged = "archive-part-damaged";

    /// <summary>The code of a list of files that ends too early.</summary>
    public const string Truncated = "archive-truncated";

    /// <summary>The code of something in a volume that an archive cannot hold.</summary>
    public const string EntryUnsupported = "archive-entry-unsupported";

    internal static ArchiveException Missing(string part) => new(PartMissing, $"cannot read part \"{part}\": it is not there");

    internal static ArchiveException Damaged(string part, string why, Exception? cause = null) => new(PartDamaged, $"cannot read part \"{part}\": {why}", cause);
}
