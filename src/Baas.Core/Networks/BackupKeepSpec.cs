namespace Baas.Core.Networks;

/// <summary>How long backups are kept. One goes when neither its place among the newest nor its age keeps it; the newest one always stays.</summary>
public sealed record BackupKeepSpec
{
    /// <summary>The most that <see cref="Count"/> may be.</summary>
    public const int MostCount = 1000;

    /// <summary>The most that <see cref="Days"/> may be.</summary>
    public const int MostDays = 3650;

    /// <summary>How many of the newest are kept, whatever their age. The default is 7.</summary>
    public int Count { get; init; } = 7;

    /// <summary>How many days each is kept at least. The default is 0: the number alone decides.</summary>
    public int Days { get; init; }
}
