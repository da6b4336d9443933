using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Reads bodies.</summary>
internal static class RequestBody
{
    /// <summary>The body as JSON; null when it is empty.</summary>
    /// <exception cref="StatusException">400: it is no JSON; 415: it is something else; 413: it is too large.</exception>
    public static async Task<JsonNode?> ReadAsync(HttpContext http)
    {
        var type = http.Request.ContentType ?? "application/json";
        if (!type.Contains("json", StringComparison.Ordinal) && !type.Contains("yaml", StringComparison.Ordinal))
        {
            throw new StatusException(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json");
        }

        var read = await ReadAllAsync(http);
        if (read.Length == 0)
        {
            return null;
        }

        try
        {
            return ObjectJson.Read(read.Span);
        }
        catch (JsonException failure)
        {
            throw Failures.BadRequest($"the body is no JSON: line {failure.LineNumber + 1}");
        }
    }

    /// <summary>The body as an object of the kind and place that the path names; unknown fields are treated as the request asks.</summary>
    /// <exception cref="StatusException">400: it is malformed, or of another kind or place.</exception>
    public static async Task<JsonObject> ReadObjectAsync(ApiCall call)
    {
        var body = await ReadAsync(call.Http) as JsonObject ?? throw Failures.BadRequest("the body is no object");
        Check(call, body);
        return body;
    }

    /// <summary>Checks that an object is of the kind and place that the path names, and has no unknown fields; in place.</summary>
    /// <exception cref="StatusException">400: it is not.</exception>
    public static void Check(ApiCall call, JsonObject body)
    {
        var kind = call.Kind;
        if ((body.Text("apiVersion") ?? kind.ApiVersion) != kind.ApiVersion || (body.Text("kind") ?? kind.Kind) != kind.Kind)
        {
            throw Failures.BadRequest($"the object is no {kind.Kind} of {kind.ApiVersion}");
        }

        var unknown = FieldCheck.Run(kind, body);
        Report(call, unknown);
        var metadata = body.Ensure("metadata");
        if (call.Name is not null && metadata.Text("name") is { } name && name != call.Name)
        {
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({call.Name})");
        }

        if (kind.IsNamespaced && metadata.Text("namespace") is { Length: > 0 } home && home != call.Namespace)
        {
            throw Failures.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (call.Name is not null)
        {
            metadata["name"] = call.Name;
        }

        if (kind.IsNamespaced)
        {
            metadata["namespace"] = call.Namespace;
        }
    }

    private static void Report(ApiCall call, IReadOnlyList<string> unknown)
    {
        if (unknown.Count == 0)
        {
            return;
        }

        switch (call.Query("fieldValidation"))
        {
            case "Strict":
                throw Failures.BadRequest($"{call.Kind.Kind} in version \"{call.Kind.Version}\" cannot be handled as a {call.Kind.Kind}: strict decoding error: "
                    + string.Join(", ", unknown.Select(field => $"unknown field \"{field}\"")));
            case "Ignore":
                break;
            default:
                var warnings = unknown.Where(field => field.All(char.IsAscii)).Take(32).Select(field => $"299 - \"unknown field \\\"{field.Replace("\"", "", StringComparison.Ordinal)}\\\"\"");
                call.Http.Response.Headers.Append("Warning", new Microsoft.Extensions.Primitives.StringValues([.. warnings]));
                break;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpContext http)
    {
        try
        {
            var reader = http.Request.BodyReader;
            while (true)
            {
                var result = await reader.ReadAsync(http.RequestAborted);
                if (result.IsCompleted)
                {
                    var bytes = result.Buffer.ToArray();
                    reader.AdvanceTo(result.Buffer.End);
                    return bytes;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (BadHttpRequestException failure)
        {
            throw failure.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new StatusException(413, "RequestEntityTooLarge", "Request entity too large: the limit is 3145728 bytes")
                : Failures.BadRequest("the body broke off");
        }
    }
}
