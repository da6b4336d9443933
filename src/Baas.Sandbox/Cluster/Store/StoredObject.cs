using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>An object at one revision, with its JSON so that nobody has to write it again. Immutable.</summary>
/// <param name="Key">Which object.</param>
/// <param name="Object">The object. Never modify it.</param>
/// <param name="Json">The same as UTF-8.</param>
/// <param name="Revision">Its resource version.</param>
internal sealed record StoredObject(ObjectKey Key, JsonObject Object, ReadOnlyMemory<byte> Json, long Revision);
