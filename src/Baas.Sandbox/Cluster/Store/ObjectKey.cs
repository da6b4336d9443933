namespace Baas.Sandbox.Cluster.Store;

/// <summary>Names one object.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; null for kinds that live in none.</param>
/// <param name="Name">The name.</param>
internal readonly record struct ObjectKey(ObjectKind Kind, string? Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}
