using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Channels;

/// <summary>The difference of two configurations, in the form that orderers take (internal/configtxlator/update).</summary>
internal static class ConfigUpdates
{
    /// <summary>Computes what makes <paramref name="updated"/> of <paramref name="original"/>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="original">The configuration as it is; the versions are its own.</param>
    /// <param name="updated">The configuration as it is to be; its versions do not matter.</param>
    /// <returns>The update, or null when there is no difference.</returns>
    public static ConfigUpdate? Compute(ChannelName channel, Config original, Config updated)
    {
        var difference = GroupDifference.Of(original.ChannelGroup, updated.ChannelGroup);
        return difference.IsNone ? null : new ConfigUpdate { ChannelId = channel.Value, ReadSet = difference.Read, WriteSet = difference.Write };
    }

    /// <summary>
    /// The configuration that orderers make of an update, versions included: what has to stand in the ledger when the update is committed.
    /// </summary>
    /// <param name="update">An update that was computed from <paramref name="original"/>.</param>
    /// <param name="original">The configuration as it is.</param>
    public static Config Apply(ConfigUpdate update, Config original) => new()
    {
        Sequence = original.Sequence + 1,
        ChannelGroup = Apply(update.WriteSet, update.ReadSet, original.ChannelGroup),
    };

    private static ConfigGroup Apply(ConfigGroup write, ConfigGroup read, ConfigGroup original)
    {
        // A group whose version is not raised keeps its members; one that is new, or whose version is raised, has those of the write set.
        var result = write.Version == read.Version ? original.Clone() : new ConfigGroup { Version = write.Version, ModPolicy = write.ModPolicy };
        foreach (var (name, value) in write.Values)
        {
            result.Values[name] = read.Values.TryGetValue(name, out var seen) && seen.Version == value.Version ? original.Values[name] : value;
        }

        foreach (var (name, policy) in write.Policies)
        {
            result.Policies[name] = read.Policies.TryGetValue(name, out var seen) && seen.Version == policy.Version ? original.Policies[name] : policy;
        }

        foreach (var (name, group) in write.Groups)
        {
            result.Groups[name] = read.Groups.TryGetValue(name, out var seen) ? Apply(group, seen, original.Groups[name]) : group;
        }

        return result;
    }
}
