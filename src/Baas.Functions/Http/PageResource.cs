using Baas.Core.Operations;

namespace Baas.Functions.Http;

/// <summary>A part of a list.</summary>
/// <typeparam name="TItem">The items.</typeparam>
/// <param name="Items">The items in the order of their names.</param>
/// <param name="Continuation">Give it as <c>?continuation=</c> to get what follows; absent when nothing does.</param>
public sealed record PageResource<TItem>(IReadOnlyList<TItem> Items, string? Continuation)
{
    internal static PageResource<TItem> Of<TRecord>(Page<TRecord> page, Func<TRecord, TItem> show) => new([.. page.Items.Select(show)], page.Continuation);
}
