using System.Text.Json;
using System.Text.Json.Serialization;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>What a workflow shows of itself while it runs and afterwards. Run again, it goes through the same changes.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class WorkflowProgress
{
    /// <summary>The longest JSON in characters: Durable Functions allow 16 KiB of UTF-16.</summary>
    public const int MaxLength = 8_000;

    private const int MaxMessage = 300;

    private readonly List<CallProgress> _calls = [];

    /// <summary>Grows with every change.</summary>
    public long Revision { get; private set; }

    /// <summary>The last message that the workflow reported.</summary>
    public string? Message { get; private set; }

    /// <summary>How many calls were made.</summary>
    public int Count { get; private set; }

    /// <summary>The calls that are shown, in their order. When there are too many, the oldest of those that ended well are left out.</summary>
    public IReadOnlyList<CallProgress> Calls => _calls;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static WorkflowProgress FromJson(string json)
    {
        var data = DurableJson.Read<Data>(json, "the progress of a workflow");
        WorkflowProgress progress = new() { Revision = data.Revision, Message = data.Message, Count = data.Count };
        progress._calls.AddRange(data.Calls);
        return progress;
    }

    /// <summary>A call begins.</summary>
    public CallProgress Begin(CallKind kind, string name, string subject, DateTimeOffset now)
    {
        CallProgress call = new() { Position = Count++, Kind = kind, Name = name, Subject = Short(subject), StartedAt = now };
        _calls.Add(call);
        Revision++;
        return call;
    }

    /// <summary>An attempt of a call failed.</summary>
    public void Fail(CallProgress call, string code, string message)
    {
        (call.ErrorCode, call.ErrorMessage) = (code, Short(message));
        Revision++;
    }

    /// <summary>The next attempt of a call begins.</summary>
    public void Retry(CallProgress call)
    {
        call.Attempt++;
        Revision++;
    }

    /// <summary>A call ends.</summary>
    /// <param name="call">The call.</param>
    /// <param name="state">How.</param>
    /// <param name="now">When.</param>
    /// <param name="unmet">What a look saw instead of what is waited for.</param>
    public void End(CallProgress call, WorkflowState state, DateTimeOffset now, string? unmet = null)
    {
        (call.State, call.EndedAt, call.Unmet) = (state, now, unmet is null ? null : Short(unmet));
        Revision++;
    }

    /// <summary>A child ended: its revisions count here from now on.</summary>
    public void Absorb(long revision) => Revision += revision;

    /// <summary>The workflow says what is going on.</summary>
    public void Report(string message)
    {
        Message = Short(message);
        Revision++;
    }

    /// <summary>The progress as JSON of at most <see cref="MaxLength"/> characters, as long as fewer than some fifty calls run or have failed.</summary>
    public string ToJson()
    {
        var shown = _calls.ToList();
        var json = Write(shown);
        while (json.Length > MaxLength && shown.FindIndex(call => call.State == WorkflowState.Completed && call.Kind != CallKind.Workflow) is >= 0 and var first)
        {
            var wanted = Math.Max(1, (json.Length - MaxLength) / 150); // a call takes some 150 characters
            for (var index = first; index < shown.Count && wanted > 0;)
            {
                if (shown[index] is { State: WorkflowState.Completed, Kind: not CallKind.Workflow })
                {
                    shown.RemoveAt(index);
                    wanted--;
                }
                else
                {
                    index++;
                }
            }

            json = Write(shown);
        }

        return json;
    }

    private static string Short(string text) => text.Length <= MaxMessage ? text : text[..(MaxMessage - 1)] + "…";

    private string Write(IReadOnlyList<CallProgress> calls) => JsonSerializer.Serialize(new Data(Revision, Message, Count, calls), CompactJson.Options);

    private sealed record Data(
        [property: JsonPropertyName("r")] long Revision,
        [property: JsonPropertyName("m")] string? Message,
        [property: JsonPropertyName("n")] int Count,
        [property: JsonPropertyName("c")] IReadOnlyList<CallProgress> Calls);

    /// <summary>Nulls are most of what a call could say.</summary>
    private static class CompactJson
    {
        public static JsonSerializerOptions Options { get; } = new(DurableJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    }

    private sealed class Converter : JsonConverter<WorkflowProgress>
    {
        public override WorkflowProgress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return FromJson(document.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, WorkflowProgress value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToJson());
    }
}
