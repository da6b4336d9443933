using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>Writes of named managers: server-side apply with its conflicts, and the bookkeeping of all other writes.</summary>
/// <param name="kind">The kind of the object.</param>
/// <param name="manager">Who writes.</param>
/// <param name="subresource">Where to; null for the object itself.</param>
/// <param name="now">The time of the write.</param>
internal sealed class ManagedWrites(ObjectKind kind, string manager, string? subresource, DateTimeOffset now)
{
    private static readonly string[] NobodysMetadata =
        ["f:name", "f:namespace", "f:uid", "f:creationTimestamp", "f:generation", "f:managedFields", "f:resourceVersion", "f:selfLink", "f:deletionTimestamp", "f:deletionGracePeriodSeconds"];

    private readonly FieldType _type = FieldTypes.Of(kind);

    /// <summary>Server-side apply: the object then has the applied fields, and no longer those that this manager applied before and left out now.</summary>
    /// <param name="key">The object, for messages.</param>
    /// <param name="live">The object as it is; null for a new one.</param>
    /// <param name="applied">What the manager wants.</param>
    /// <param name="force">Takes fields over from other managers instead of failing.</param>
    /// <returns>The new object.</returns>
    /// <exception cref="StatusException">409: others own fields that would change.</exception>
    public JsonObject Apply(ObjectKey key, JsonObject? live, JsonObject applied, bool force)
    {
        var managers = FieldManager.Read(live);
        var own = managers.FirstOrDefault(one => one.Is(manager, true, subresource));
        var fields = Owned(applied);
        var merged = (JsonObject)FieldTrees.Merge(_type, live ?? [], applied)!; // both are objects
        var changed = Owned(FieldTrees.Compare(_type, live ?? [], merged).Changed);
        List<FieldManager> others = [.. managers.Where(one => one != own)];
        var conflicts = others.Select(other => (Manager: other, Fields: other.Fields.Intersect(changed))).Where(conflict => !conflict.Fields.IsEmpty).ToList();
        if (conflicts.Count > 0 && !force)
        {
            throw ApplyConflicts.Of(key, conflicts);
        }

        others = [.. others.Select(other => other with { Fields = other.Fields.Except(changed.Intersect(fields)) })];
        if (own is not null)
        {
            var kept = others.Aggregate(fields, (all, other) => all.Union(other.Fields));
            FieldTrees.Cut(_type, merged, own.Fields.Except(kept));
        }

        FieldManager.Write(merged, InPlace(managers, own, Entry(own, true, fields), others));
        return merged;
    }

    /// <summary>Any other write: the manager owns what it has changed, and nobody what is gone.</summary>
    /// <param name="before">The object before; null for a new one.</param>
    /// <param name="after">The object after; its managed fields are set in place.</param>
    public void Record(JsonObject? before, JsonObject after)
    {
        var managers = FieldManager.Read(before);
        var own = managers.FirstOrDefault(one => one.Is(manager, false, subresource));
        var (changed, removed) = FieldTrees.Compare(_type, before ?? [], after);
        (changed, removed) = (Owned(changed), Owned(removed));
        if (changed.IsEmpty && removed.IsEmpty)
        {
            FieldManager.Write(after, managers);
            return;
        }

        var others = managers.Where(one => one != own).Select(other => other with { Fields = other.Fields.Except(changed).Except(removed) });
        var fields = (own?.Fields ?? new FieldSet()).Except(removed).Union(changed);
        FieldManager.Write(after, InPlace(managers, own, Entry(own, false, fields), [.. others]));
    }

    // Entries keep their places: the same write twice must not look like a change.
    private static List<FieldManager> InPlace(List<FieldManager> managers, FieldManager? own, FieldManager entry, List<FieldManager> others)
    {
        others.Insert(own is null ? others.Count : managers.IndexOf(own), entry);
        return others;
    }

    private FieldManager Entry(FieldManager? own, bool isApply, FieldSet fields) =>
        own is not null && own.Fields.SameAs(fields) ? own : new(manager, isApply, subresource, kind.ApiVersion, Meta.Time(now), fields);

    private FieldSet Owned(JsonObject subject) => Owned(FieldTrees.FieldsOf(_type, subject));

    private FieldSet Owned(FieldSet fields)
    {
        fields.Parts.Remove("f:apiVersion");
        fields.Parts.Remove("f:kind");
        if (kind.HasStatus && subresource is null)
        {
            fields.Parts.Remove("f:status");
        }

        if (fields.Parts.TryGetValue("f:metadata", out var metadata))
        {
            foreach (var name in NobodysMetadata)
            {
                metadata.Parts.Remove(name);
            }

            metadata.IsMember = false;
            if (metadata.IsEmpty)
            {
                fields.Parts.Remove("f:metadata");
            }
        }

        return fields;
    }
}
