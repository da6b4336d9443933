using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf.Collections;

namespace Baas.Core.Fabric.Channels;

/// <summary>
/// The read set and the write set that lead from one group to another. Only what differs stands in them; but when the group itself changes (a member
/// comes or goes, or its policy for changes is another one), what stays the same is named, too.
/// </summary>
/// <param name="Read">What the change depends on.</param>
/// <param name="Write">What is to be; raised versions mark what changes.</param>
/// <param name="IsNone">Whether nothing differs.</param>
internal sealed record GroupDifference(ConfigGroup Read, ConfigGroup Write, bool IsNone)
{
    /// <summary>Compares two groups.</summary>
    public static GroupDifference Of(ConfigGroup original, ConfigGroup updated)
    {
        var values = Members(original.Values, updated.Values, CompareValues);
        var policies = Members(original.Policies, updated.Policies, ComparePolicies);
        var groups = Members(original.Groups, updated.Groups, CompareGroups);
        var read = new ConfigGroup { Version = original.Version };
        var write = new ConfigGroup { Version = original.Version };
        var isChanged = values.IsChanged || policies.IsChanged || groups.IsChanged || original.ModPolicy != updated.ModPolicy;
        if (isChanged)
        {
            write.Version = original.Version + 1;
            write.ModPolicy = updated.ModPolicy;
        }

        values.Fill(read.Values, write.Values, isChanged);
        policies.Fill(read.Policies, write.Policies, isChanged);
        groups.Fill(read.Groups, write.Groups, isChanged);
        return new GroupDifference(read, write, !isChanged && !values.IsAny && !policies.IsAny && !groups.IsAny);
    }

    private static Compared<ConfigValue> CompareValues(ConfigValue? original, ConfigValue updated)
    {
        if (original is not null && original.ModPolicy == updated.ModPolicy && original.Value.Equals(updated.Value))
        {
            return Compared<ConfigValue>.Same(new ConfigValue { Version = original.Version });
        }

        return new(null, new ConfigValue { Version = Raised(original?.Version), ModPolicy = updated.ModPolicy, Value = updated.Value }, false);
    }

    private static Compared<ConfigPolicy> ComparePolicies(ConfigPolicy? original, ConfigPolicy updated)
    {
        if (original is not null && original.ModPolicy == updated.ModPolicy && Equals(original.Policy, updated.Policy))
        {
            return Compared<ConfigPolicy>.Same(new ConfigPolicy { Version = original.Version });
        }

        return new(null, new ConfigPolicy { Version = Raised(original?.Version), ModPolicy = updated.ModPolicy, Policy = updated.Policy }, false);
    }

    private static Compared<ConfigGroup> CompareGroups(ConfigGroup? original, ConfigGroup updated)
    {
        var difference = Of(original ?? new ConfigGroup(), updated);
        if (original is not null)
        {
            return difference.IsNone ? Compared<ConfigGroup>.Same(difference.Read) : new(difference.Read, difference.Write, false);
        }

        // A new group begins at version 0, even where it is compared with an empty one.
        var write = difference.Write.Clone();
        write.Version = 0;
        write.ModPolicy = updated.ModPolicy;
        return new(null, write, false);
    }

    private static ulong Raised(ulong? version) => version + 1 ?? 0;

    private static Differences<TMember> Members<TMember>(
        MapField<string, TMember> original, MapField<string, TMember> updated, Func<TMember?, TMember, Compared<TMember>> compare)
        where TMember : class
    {
        Dictionary<string, Compared<TMember>> compared = [];
        foreach (var (name, member) in updated)
        {
            compared.Add(name, compare(original.TryGetValue(name, out var before) ? before : null, member));
        }

        var isChanged = original.Count != updated.Count || original.Keys.Any(name => !updated.ContainsKey(name));
        return new Differences<TMember>(compared, isChanged);
    }

    /// <summary>One member of a group, compared.</summary>
    /// <param name="Read">What the read set says of it; null for nothing.</param>
    /// <param name="Write">What the write set says of it.</param>
    /// <param name="IsSame">Whether it does not differ; it is then named only where its group changes.</param>
    private sealed record Compared<TMember>(TMember? Read, TMember Write, bool IsSame)
        where TMember : class
    {
        public static Compared<TMember> Same(TMember member) => new(member, member, true);
    }

    /// <summary>The members of one kind, compared.</summary>
    /// <param name="All">The members that the updated group has.</param>
    /// <param name="IsChanged">Whether a member comes or goes.</param>
    private sealed record Differences<TMember>(Dictionary<string, Compared<TMember>> All, bool IsChanged)
        where TMember : class
    {
        public bool IsAny => All.Values.Any(member => !member.IsSame);

        public void Fill(MapField<string, TMember> read, MapField<string, TMember> write, bool withSame)
        {
            var named = All.Where(member => withSame || !member.Value.IsSame).ToList();
            ConfigElements.Fill(read, named.Where(member => member.Value.Read is not null), member => member.Read!); // the filter has seen it
            ConfigElements.Fill(write, named, member => member.Write);
        }
    }
}
