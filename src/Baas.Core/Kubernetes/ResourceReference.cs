namespace Baas.Core.Kubernetes;

/// <summary>Names one object of a cluster.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; null for kinds without.</param>
/// <param name="Name">Its name.</param>
public sealed record ResourceReference(ResourceKind Kind, string? Namespace, string Name)
{
    /// <summary>An object that every cluster has, and that whoever has Baas's role may read: for who only asks whether a cluster is there.</summary>
    internal static ResourceReference OfEveryCluster { get; } = new(ResourceKind.Namespace, null, "default");

    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Kind.Kind} {Name}" : $"{Kind.Kind} {Namespace}/{Name}";
}
