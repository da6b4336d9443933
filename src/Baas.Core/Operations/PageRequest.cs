namespace Baas.Core.Operations;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Size">At most how many items, 1 to 200. The default is 50.</param>
/// <param name="Continuation">The token that the page before gave; null for the first.</param>
public sealed record PageRequest(int Size = 50, string? Continuation = null)
{
    /// <summary>The most items of one page.</summary>
    public const int MaxSize = 200;
}
