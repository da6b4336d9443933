using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Api.Printing;

/// <summary>One column of a printed table.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Value">What it shows of an object, at a time.</param>
/// <param name="IsWide">Whether it is shown on <c>-o wide</c> only.</param>
/// <param name="Type">The JSON type of its values.</param>
internal sealed record Column(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Value, bool IsWide = false, string Type = "string");
