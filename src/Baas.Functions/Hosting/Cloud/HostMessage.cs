using System.Globalization;
using Baas.Core.Storage.Queues;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>A message as the host of the function app hands it over.</summary>
internal static class HostMessage
{
    /// <summary>The message; the host holds it, so there is no receipt.</summary>
    /// <param name="content">What was sent.</param>
    /// <param name="facts">What the host says of the message.</param>
    /// <param name="now">The time.</param>
    public static WorkMessage Of(string content, IReadOnlyDictionary<string, object?> facts, DateTimeOffset now)
    {
        string? Text(string name) => facts.TryGetValue(name, out var value) ? value?.ToString()?.Trim('"') : null;

        var deliveries = int.TryParse(Text("DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;
        var sent = DateTimeOffset.TryParse(Text("InsertionTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : now;
        return new WorkMessage(Text("Id") ?? "unknown", content, deliveries, sent, "");
    }
}
