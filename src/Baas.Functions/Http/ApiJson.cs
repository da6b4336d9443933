using System.Text.Json;
using System.Text.Json.Serialization;
using Baas.Core.Networks;

namespace Baas.Functions.Http;

/// <summary>How request bodies are read: like every record, and nothing unknown is passed over.</summary>
internal static class ApiJson
{
    /// <summary>The options for request bodies.</summary>
    public static JsonSerializerOptions Requests { get; } = new(NetworkJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
    };
}
