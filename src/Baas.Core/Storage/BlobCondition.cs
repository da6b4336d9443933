namespace Baas.Core.Storage;

/// <summary>When a write or delete may happen.</summary>
public readonly record struct BlobCondition
{
    private BlobCondition(bool mustBeAbsent, BlobTag? mustMatch) => (MustBeAbsent, MustMatch) = (mustBeAbsent, mustMatch);

    /// <summary>Always.</summary>
    public static BlobCondition None => default;

    /// <summary>Only when there is no such blob.</summary>
    public static BlobCondition Absent => new(true, null);

    /// <summary>Whether the blob must not be there.</summary>
    public bool MustBeAbsent { get; }

    /// <summary>The tag that the blob must have.</summary>
    public BlobTag? MustMatch { get; }

    /// <summary>Only when the blob still has this tag.</summary>
    public static BlobCondition Matches(BlobTag tag) => new(false, tag);
}
