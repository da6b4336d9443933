namespace Baas.Sandbox.Cluster.Store;

/// <summary>A kind of object that the cluster keeps. There is one instance a kind (see <see cref="Kinds.ClusterKinds"/>), so kinds are compared by reference.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">Such as <c>v1</c>.</param>
/// <param name="Kind">Such as <c>StatefulSet</c>.</param>
/// <param name="Plural">Such as <c>statefulsets</c>.</param>
/// <param name="IsNamespaced">Whether its objects live in namespaces.</param>
internal sealed record ObjectKind(string Group, string Version, string Kind, string Plural, bool IsNamespaced)
{
    /// <summary>Short names that kubectl takes.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Whether the kind is part of <c>kubectl get all</c>.</summary>
    public bool IsInAll { get; init; }

    /// <summary>Whether status is a subresource, so that changes of the object leave it alone.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether the kind has a scale subresource.</summary>
    public bool HasScale { get; init; }

    /// <summary>Whether changes of anything but metadata and status raise <c>metadata.generation</c>.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>What <c>apiVersion</c> says: <c>v1</c>, <c>apps/v1</c>.</summary>
    public string ApiVersion { get; } = Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The kind's name in lower case, such as <c>statefulset</c>.</summary>
    public string Singular { get; } = Kind.ToLowerInvariant();

    /// <summary>How messages name it: <c>pods</c>, <c>statefulsets.apps</c>.</summary>
    public string Resource { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc/>
    public bool Equals(ObjectKind? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    public override string ToString() => Resource;
}
