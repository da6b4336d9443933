using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>JSON for APIs, not for web pages: without escapes that only HTML needs.</summary>
internal static class RelaxedJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
