using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>One change that a watch has seen.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c> or <c>BOOKMARK</c>.</param>
/// <param name="Object">The object after the change.</param>
public sealed record WatchEvent(string Type, JsonObject Object);
