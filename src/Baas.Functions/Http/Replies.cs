using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Records;
using Microsoft.AspNetCore.Http;

namespace Baas.Functions.Http;

/// <summary>Builds answers; one way for each kind.</summary>
internal static class Replies
{
    /// <summary>The body as JSON.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, NetworkJson.Options, "application/json", status);

    /// <summary>A change that has begun: 202 with the operation and where to look at it.</summary>
    public static IResult Accepted(HttpContext context, OperationRecord operation)
    {
        var location = $"/api/v1/tenants/{operation.Network.Tenant}/operations/{operation.Id}";
        context.Response.Headers["Operation-Location"] = location;
        context.Response.Headers.Location = location;
        return Json(OperationResource.Of(operation, null), StatusCodes.Status202Accepted);
    }

    /// <summary>A record with its tag; 304 when the caller has it already.</summary>
    public static IResult Tagged<T>(HttpContext context, T value, string tag)
    {
        var quoted = $"\"{tag}\"";
        context.Response.Headers.ETag = quoted;
        return context.Request.Headers.IfNoneMatch.ToString() == quoted ? Results.StatusCode(StatusCodes.Status304NotModified) : Json(value);
    }

    /// <summary>A document as JSON or YAML, as the caller asks by <c>?format=</c> or Accept.</summary>
    public static IResult Document(HttpContext context, JsonNode document, string? format) => WantsYaml(context, format)
        ? Results.Text(YamlText.Of(document), "application/yaml", Encoding.UTF8)
        : Results.Text(document.ToJsonString(Indented) + "\n", "application/json", Encoding.UTF8);

    /// <summary>Whether the caller asks for YAML.</summary>
    /// <exception cref="HttpProblemException"><c>format-unknown</c>.</exception>
    public static bool WantsYaml(HttpContext context, string? format) => format switch
    {
        null => context.Request.Headers.Accept.ToString() is var accept && accept.Contains("yaml", StringComparison.OrdinalIgnoreCase),
        "json" => false,
        "yaml" => true,
        _ => throw new HttpProblemException(StatusCodes.Status400BadRequest, "format-unknown", $"cannot write format \"{format}\": there are json and yaml"),
    };

    private static JsonSerializerOptions Indented { get; } = new(NetworkJson.Options) { WriteIndented = true, NewLine = "\n" };
}
