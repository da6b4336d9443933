using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Writes answers.</summary>
internal static class Replies
{
    private const string JsonType = "application/json";

    /// <summary>Answers with an object.</summary>
    public static Task SendAsync(HttpContext http, int status, JsonNode body) => SendAsync(http, status, ObjectJson.Write(body));

    /// <summary>Answers with JSON that is written already.</summary>
    public static async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> json, string type = JsonType)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }

    /// <summary>Answers with a refusal.</summary>
    public static Task SendAsync(HttpContext http, StatusException failure) => SendAsync(http, failure.Status, failure.ToObject());

    /// <summary>Answers with plain text.</summary>
    public static Task TextAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
