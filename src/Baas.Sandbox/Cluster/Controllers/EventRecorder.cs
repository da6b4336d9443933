using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.Extensions.Logging;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Writes Event objects in the background; the same event again raises its count. Old events are removed.</summary>
internal sealed class EventRecorder : IAsyncDisposable
{
    private const int MaxEvents = 5000;

    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<(string Uid, string Reason, string Message), ObjectKey> _known = [];
    private readonly Queue<(ObjectKey Key, (string Uid, string Reason, string Message) Same)> _order = new();
    private readonly ObjectStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private long _number;

    /// <summary>Starts to write.</summary>
    public EventRecorder(ObjectStore store, TimeProvider clock, ILogger logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        foreach (var old in store.List(ClusterKinds.Events, null))
        {
            var same = (old.Text("involvedObject", "uid") ?? "", old.Text("reason") ?? "", old.Text("message") ?? "");
            Remember(new ObjectKey(ClusterKinds.Events, old.Namespace, old.Name), same);
        }

        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Records that something went as planned.</summary>
    public void Normal(ObjectKind kind, JsonObject subject, string reason, string message) => Record(kind, subject, "Normal", reason, message);

    /// <summary>Records that something went wrong.</summary>
    public void Warning(ObjectKind kind, JsonObject subject, string reason, string message) => Record(kind, subject, "Warning", reason, message);

    /// <summary>Completes when all recorded events are written.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
    }

    private void Record(ObjectKind kind, JsonObject subject, string type, string reason, string message) =>
        _entries.Writer.TryWrite(new Entry(kind, subject, type, reason, message, _clock.GetUtcNow()));

    private async Task WriteAsync()
    {
        await foreach (var entry in _entries.Reader.ReadAllAsync())
        {
            try
            {
                Write(entry);
            }
            catch (StatusException refused)
            {
                // A namespace that goes takes no new events.
                Log.EventFailed(_logger, entry.Subject.Name, refused);
            }
        }
    }

    private void Write(Entry entry)
    {
        var same = (entry.Subject.Uid, entry.Reason, entry.Message);
        if (_known.TryGetValue(same, out var key) && _store.Change(key, known => Repeated(known, entry.Time)) is not null)
        {
            return;
        }

        var number = string.Create(CultureInfo.InvariantCulture, $"{entry.Time.UtcTicks:x}{Interlocked.Increment(ref _number) & 0xfff:x3}");
        var name = $"{entry.Subject.Name}.{number}";
        _store.Create(ClusterKinds.Events, ObjectOf(entry, name));
        Remember(new ObjectKey(ClusterKinds.Events, entry.Subject.Namespace ?? "default", name), same);
    }

    private void Remember(ObjectKey key, (string Uid, string Reason, string Message) same)
    {
        _known[same] = key;
        _order.Enqueue((key, same));
        while (_order.Count > MaxEvents)
        {
            var (oldest, its) = _order.Dequeue();
            _known.Remove(its);
            Removals.Discard(_store, oldest);
        }
    }

    private static JsonObject Repeated(JsonObject known, DateTimeOffset time)
    {
        known["count"] = (known.Number("count") ?? 1) + 1;
        known["lastTimestamp"] = Meta.Time(time);
        return known;
    }

    private static JsonObject ObjectOf(Entry entry, string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Event",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = entry.Subject.Namespace ?? "default" },
        ["involvedObject"] = new JsonObject
        {
            ["apiVersion"] = entry.Kind.ApiVersion,
            ["kind"] = entry.Kind.Kind,
            ["namespace"] = entry.Subject.Namespace,
            ["name"] = entry.Subject.Name,
            ["uid"] = entry.Subject.Uid,
        },
        ["type"] = entry.Type,
        ["reason"] = entry.Reason,
        ["message"] = entry.Message,
        ["source"] = new JsonObject { ["component"] = "baas-sandbox" },
        ["reportingComponent"] = "baas-sandbox",
        ["firstTimestamp"] = Meta.Time(entry.Time),
        ["lastTimestamp"] = Meta.Time(entry.Time),
        ["count"] = 1,
    };

    private sealed record Entry(ObjectKind Kind, JsonObject Subject, string Type, string Reason, string Message, DateTimeOffset Time);
}
