using System.Collections.Immutable;
using Baas.Sandbox.Cluster.Objects;
using NamedObjects = System.Collections.Immutable.ImmutableSortedDictionary<string, Baas.Sandbox.Cluster.Store.StoredObject>;
using NamespacedObjects = System.Collections.Immutable.ImmutableSortedDictionary<
    string, System.Collections.Immutable.ImmutableSortedDictionary<string, Baas.Sandbox.Cluster.Store.StoredObject>>;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>All objects at one revision. Immutable, so reading needs no lock and sees no half change.</summary>
internal sealed class StoreState
{
    private static readonly NamespacedObjects NoNamespaces = ImmutableSortedDictionary.Create<string, NamedObjects>(StringComparer.Ordinal);
    private static readonly NamedObjects NoNames = ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<ObjectKind, NamespacedObjects> _kinds;

    private StoreState(long revision, ImmutableDictionary<ObjectKind, NamespacedObjects> kinds)
    {
        Revision = revision;
        _kinds = kinds;
    }

    /// <summary>A cluster without any object.</summary>
    public static StoreState Empty { get; } = new(1, ImmutableDictionary<ObjectKind, NamespacedObjects>.Empty);

    /// <summary>The revision of the last change.</summary>
    public long Revision { get; }

    /// <summary>All objects, kind by kind.</summary>
    public IEnumerable<StoredObject> All => _kinds.Values.SelectMany(namespaces => namespaces.Values).SelectMany(names => names.Values);

    /// <summary>One object; null when it does not exist.</summary>
    public StoredObject? Find(ObjectKey key) =>
        _kinds.TryGetValue(key.Kind, out var namespaces) && namespaces.TryGetValue(key.Namespace ?? "", out var names) ? names.GetValueOrDefault(key.Name) : null;

    /// <summary>The objects of one kind, ordered by namespace and name.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="inNamespace">One namespace; null for all.</param>
    /// <param name="selector">Which labels; null for any.</param>
    public IEnumerable<StoredObject> List(ObjectKind kind, string? inNamespace, LabelSelector? selector = null)
    {
        if (!_kinds.TryGetValue(kind, out var namespaces))
        {
            return [];
        }

        var all = inNamespace is null ? namespaces.Values.SelectMany(names => names.Values) : namespaces.GetValueOrDefault(inNamespace, NoNames).Values;
        return selector is null ? all : all.Where(one => selector.Matches(one.Object));
    }

    /// <summary>The objects of every kind in one namespace.</summary>
    public IEnumerable<StoredObject> In(string ofNamespace) =>
        _kinds.Values.SelectMany(namespaces => namespaces.TryGetValue(ofNamespace, out var names) && ofNamespace.Length > 0 ? names.Values : []);

    /// <summary>The state with one object more, or another version of it.</summary>
    public StoreState With(StoredObject stored)
    {
        var key = stored.Key;
        var namespaces = _kinds.GetValueOrDefault(key.Kind, NoNamespaces);
        var names = namespaces.GetValueOrDefault(key.Namespace ?? "", NoNames).SetItem(key.Name, stored);
        return new(Math.Max(stored.Revision, Revision), _kinds.SetItem(key.Kind, namespaces.SetItem(key.Namespace ?? "", names)));
    }

    /// <summary>The same objects at a later revision.</summary>
    public StoreState At(long revision) => new(Math.Max(revision, Revision), _kinds);

    /// <summary>The state with one object less.</summary>
    public StoreState Without(ObjectKey key, long revision)
    {
        var namespaces = _kinds.GetValueOrDefault(key.Kind, NoNamespaces);
        var names = namespaces.GetValueOrDefault(key.Namespace ?? "", NoNames).Remove(key.Name);
        namespaces = names.IsEmpty ? namespaces.Remove(key.Namespace ?? "") : namespaces.SetItem(key.Namespace ?? "", names);
        return new(revision, _kinds.SetItem(key.Kind, namespaces));
    }
}
