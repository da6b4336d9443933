using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Records;

namespace Baas.Core.Operations.Queues;

/// <summary>
/// An operation on its way through the queue: all that its record is made of, so that the message alone is enough. A message that is not understood is never
/// guessed at: it is set aside for a person.
/// </summary>
/// <param name="Version">The form of the message.</param>
/// <param name="Operation">The operation as it was asked for.</param>
internal sealed record OperationMessage(int Version, OperationRecord Operation)
{
    /// <summary>The form that is written. Older ones that were ever written have to be understood, too; there are none yet.</summary>
    public const int Newest = 1;

    /// <summary>The text of a message.</summary>
    public static string Write(OperationRecord operation) => JsonSerializer.Serialize(new OperationMessage(Newest, operation), NetworkJson.Options);

    /// <summary>The operation in a message.</summary>
    /// <exception cref="QueueMessageException">The message is not understood; it says why.</exception>
    public static OperationRecord Read(string content)
    {
        if (Parse(content) is not JsonObject message)
        {
            throw new QueueMessageException("it is no JSON object");
        }

        var version = message["version"] is JsonValue number && number.TryGetValue(out int known) ? known : 0;
        if (version != Newest)
        {
            throw new QueueMessageException($"its version is {message["version"]?.ToJsonString() ?? "missing"}; this service understands version {Newest}");
        }

        try
        {
            return message.Deserialize<OperationMessage>(NetworkJson.Options)?.Operation ?? throw new QueueMessageException("it holds no operation");
        }
        catch (JsonException failure)
        {
            throw new QueueMessageException($"its operation cannot be read: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Which operation a message is about, whatever its version; null when it cannot be told.</summary>
    public static (NetworkReference Network, OperationId Operation)? SubjectOf(string content) =>
        Parse(content) is JsonObject message && message["operation"] is JsonObject operation && operation["network"] is JsonObject network
        && TenantName.TryParse(Text(network["tenant"]), null, out var tenant)
        && NetworkName.TryParse(Text(network["network"]), null, out var name)
        && OperationId.TryParse(Text(operation["id"]), null, out var id)
            ? (new NetworkReference(tenant, name), id)
            : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonNode? Parse(string content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null; // no JSON: the caller says so
        }
    }
}
