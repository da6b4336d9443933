using System.Buffers.Text;
using System.Text;
using Baas.Core.Records;

namespace Baas.Core.Operations;

/// <summary>A part of a list.</summary>
/// <typeparam name="TItem">The items.</typeparam>
/// <param name="Items">The items in the order of their names.</param>
/// <param name="Continuation">Asks for what follows; null when nothing does.</param>
public sealed record Page<TItem>(IReadOnlyList<TItem> Items, string? Continuation)
{
    internal static async Task<Page<TItem>> ReadAsync(RecordStore records, string prefix, PageRequest page, CancellationToken cancellationToken)
    {
        List<TItem> items = [];
        var last = "";
        await foreach (var (name, stored) in records.ListAsync<TItem>(prefix, NameAfter(prefix, page.Continuation), cancellationToken))
        {
            // One more than asked for tells whether anything follows.
            if (items.Count == page.Size)
            {
                return new(items, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last[prefix.Length..])));
            }

            items.Add(stored.Record);
            last = name;
        }

        return new(items, null);
    }

    private static string? NameAfter(string prefix, string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        Span<byte> name = stackalloc byte[256];
        return continuation.Length <= 340 && Base64Url.IsValid(continuation) && Base64Url.TryDecodeFromChars(continuation, name, out var length)
            ? prefix + Encoding.UTF8.GetString(name[..length])
            : throw new RefusedException(RefusalKind.Invalid, "continuation-invalid", "cannot read the continuation token: it is none that a page has given");
    }
}
