using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Api.Printing;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Writes the lines of one watch.</summary>
internal sealed class WatchFeed(ApiCall call, TimeProvider clock)
{
    private readonly LabelSelector? _labels = call.Labels;
    private readonly FieldSelector? _fields = call.Fields;
    private readonly bool _wantsTable = call.WantsTable;
    private bool _hasHead;

    /// <summary>Writes a change as the watch sees it: an object that no longer matches is deleted for it, one that matches now is added.</summary>
    public void Write(IBufferWriter<byte> body, ObjectChange change)
    {
        if (call.Namespace is not null && change.Key.Namespace != call.Namespace)
        {
            return;
        }

        var was = change.Before is not null && Matches(change.Before.Object);
        var isNow = change.Type != ChangeType.Deleted && Matches(change.Object);
        switch (was, isNow)
        {
            case (true, true):
                Write(body, "MODIFIED", change.Stored);
                break;
            case (false, true):
                Write(body, "ADDED", change.Stored);
                break;
            case (true, false):
                Write(body, "DELETED", change.Stored);
                break;
            default:
                break;
        }
    }

    /// <summary>Writes one event.</summary>
    public void Write(IBufferWriter<byte> body, string type, StoredObject stored)
    {
        var json = _wantsTable ? Row(stored) : stored.Json;
        body.Write(Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        body.Write(json.Span);
        body.Write("}\n"u8);
    }

    /// <summary>Says how far the watch has come.</summary>
    public void Bookmark(IBufferWriter<byte> body, long revision, bool isInitialEnd)
    {
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null };
        if (isInitialEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        var mark = new JsonObject { ["kind"] = call.Kind.Kind, ["apiVersion"] = call.Kind.ApiVersion, ["metadata"] = metadata };
        if (!_wantsTable)
        {
            body.Write(ObjectJson.Write(new JsonObject { ["type"] = "BOOKMARK", ["object"] = mark }).Span);
            body.Write("\n"u8);
        }
    }

    private ReadOnlyMemory<byte> Row(StoredObject stored)
    {
        var table = Tables.Of(call, [stored], stored.Revision, clock.GetUtcNow(), !_hasHead);
        _hasHead = true;
        return ObjectJson.Write(table);
    }

    private bool Matches(JsonObject subject) => (_labels?.Matches(subject) ?? true) && (_fields?.Matches(subject) ?? true);
}
