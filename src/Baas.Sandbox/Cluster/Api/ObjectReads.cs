using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Api.Printing;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Answers get and list.</summary>
internal sealed class ObjectReads(ObjectStore store)
{
    /// <summary>Answers with one object.</summary>
    /// <exception cref="StatusException">404: it does not exist.</exception>
    public Task GetAsync(ApiCall call)
    {
        var stored = store.State.Find(call.Key) ?? throw Failures.NotFound(call.Key);
        if (call.Subresource == "scale")
        {
            return Replies.SendAsync(call.Http, 200, Scales.Of(stored));
        }

        return call.WantsTable
            ? Replies.SendAsync(call.Http, 200, Tables.Of(call, [stored], stored.Revision, store.Clock.GetUtcNow()))
            : Replies.SendAsync(call.Http, 200, stored.Json);
    }

    /// <summary>Answers with the objects that the request selects, page by page.</summary>
    public Task ListAsync(ApiCall call)
    {
        var state = store.State;
        var (page, next, remaining) = Page(call, Selected(call, state));
        if (call.WantsTable)
        {
            var table = Tables.Of(call, page, state.Revision, store.Clock.GetUtcNow());
            Continue(table.Ensure("metadata"), next, remaining);
            return Replies.SendAsync(call.Http, 200, table);
        }

        var metadata = new JsonObject { ["resourceVersion"] = state.Revision.ToString(CultureInfo.InvariantCulture) };
        Continue(metadata, next, remaining);
        return Replies.SendAsync(call.Http, 200, Write(call.Kind, metadata, page));
    }

    /// <summary>The objects that a request about a collection selects.</summary>
    public static IEnumerable<StoredObject> Selected(ApiCall call, StoreState state)
    {
        var fields = call.Fields;
        var all = state.List(call.Kind, call.Namespace, call.Labels);
        return fields is null ? all : all.Where(one => fields.Matches(one.Object));
    }

    // The next page begins behind the last name, whatever has changed since.
    private static (IReadOnlyList<StoredObject> Page, string? Next, int Remaining) Page(ApiCall call, IEnumerable<StoredObject> all)
    {
        if (call.Query("continue") is { } token)
        {
            var last = ReadToken(token);
            all = all.SkipWhile(one => string.CompareOrdinal(Place(one), last) <= 0);
        }

        var rest = all.ToList();
        if (call.Number("limit") is not ({ } limit and > 0) || rest.Count <= limit)
        {
            return (rest, null, 0);
        }

        var page = rest[..(int)limit];
        return (page, Convert.ToBase64String(Encoding.UTF8.GetBytes(Place(page[^1]))), rest.Count - page.Count);
    }

    // Ordered as the store lists: by namespace, then by name.
    private static string Place(StoredObject one) => $"{one.Key.Namespace}\u0001{one.Key.Name}";

    private static string ReadToken(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : throw Failures.BadRequest("continue key is not valid");
    }

    private static void Continue(JsonObject metadata, string? next, int remaining)
    {
        if (next is not null)
        {
            metadata["continue"] = next;
            metadata["remainingItemCount"] = remaining;
        }
    }

    private static ReadOnlyMemory<byte> Write(ObjectKind kind, JsonObject metadata, IReadOnlyList<StoredObject> page)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + page.Sum(one => one.Json.Length + 1));
        buffer.Write(Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind.Kind}List\",\"apiVersion\":\"{kind.ApiVersion}\",\"metadata\":{metadata.ToJsonString()},\"items\":["));
        for (var index = 0; index < page.Count; index++)
        {
            if (index > 0)
            {
                buffer.Write(","u8);
            }

            buffer.Write(page[index].Json.Span);
        }

        buffer.Write("]}"u8);
        return buffer.WrittenMemory;
    }
}
