using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Api.Printing;

/// <summary>Values of cells that many tables share.</summary>
internal static class Cells
{
    public const string None = "<none>";
    public const string Unset = "<unset>";

    /// <summary>How old an object is: <c>5m</c>.</summary>
    public static JsonNode Age(JsonObject subject, DateTimeOffset now) => Since(subject.Text("metadata", "creationTimestamp"), now);

    /// <summary>How long ago a time was, as short as people read it.</summary>
    public static string Since(string? time, DateTimeOffset now)
    {
        if (Meta.ParseTime(time) is not { } then)
        {
            return "<unknown>";
        }

        var past = now - then;
        return Duration(past < TimeSpan.Zero ? TimeSpan.Zero : past);
    }

    /// <summary>A duration with one or two units.</summary>
    public static string Duration(TimeSpan span)
    {
        static string Two(long large, string unit, long small, string smaller) =>
            small == 0 ? $"{large.ToString(CultureInfo.InvariantCulture)}{unit}" : string.Create(CultureInfo.InvariantCulture, $"{large}{unit}{small}{smaller}");

        var seconds = (long)span.TotalSeconds;
        return seconds switch
        {
            < 120 => Two(seconds, "s", 0, ""),
            < 600 => Two(seconds / 60, "m", seconds % 60, "s"),
            < 10800 => Two(seconds / 60, "m", 0, ""),
            < 28800 => Two(seconds / 3600, "h", seconds / 60 % 60, "m"),
            < 172800 => Two(seconds / 3600, "h", 0, ""),
            < 691200 => Two(seconds / 86400, "d", seconds / 3600 % 24, "h"),
            < 63072000 => Two(seconds / 86400, "d", 0, ""),
            _ => Two(seconds / 31536000, "y", seconds / 86400 % 365, "d"),
        };
    }

    /// <summary>A field's text; <c>&lt;none&gt;</c> when it is absent.</summary>
    public static Func<JsonObject, DateTimeOffset, JsonNode?> Field(params string[] path) => (subject, _) => Or(subject.At(path)?.ToString());

    /// <summary>A field's number; 0 when it is absent.</summary>
    public static Func<JsonObject, DateTimeOffset, JsonNode?> Count(params string[] path) => (subject, _) => subject.Number(path) ?? 0;

    /// <summary>A selector or a map of labels, in one line.</summary>
    public static string Labels(JsonObject? labels) => Or(string.Join(',', (labels ?? []).Select(label => $"{label.Key}={label.Value}")));

    /// <summary>The text, or <c>&lt;none&gt;</c>.</summary>
    public static string Or(string? text) => string.IsNullOrEmpty(text) ? None : text;

    /// <summary>The number of a map's entries.</summary>
    public static int Size(JsonNode? map) => map switch { JsonObject some => some.Count, JsonArray list => list.Count, _ => 0 };
}
