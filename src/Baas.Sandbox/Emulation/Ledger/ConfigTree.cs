using Baas.Core.Fabric.Protos.Common;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>One group, value or policy of a configuration.</summary>
/// <param name="Path">The groups above it, <c>/Channel/Application</c>; empty for the root.</param>
/// <param name="Name">Its own key.</param>
/// <param name="Group">The group; its members are only names, what they are stands in their own elements.</param>
/// <param name="Value">The value.</param>
/// <param name="Policy">The policy.</param>
internal sealed record ConfigElement(string Path, string Name, ConfigGroup? Group, ConfigValue? Value, ConfigPolicy? Policy)
{
    /// <summary>How often it was changed.</summary>
    public ulong Version => Group?.Version ?? Value?.Version ?? Policy?.Version ?? 0;

    /// <summary>The policy that says who may change it, as it is written.</summary>
    public string ModPolicy => Group?.ModPolicy ?? Value?.ModPolicy ?? Policy?.ModPolicy ?? string.Empty;

    /// <summary>The policy as an absolute path: a relative one begins at the group itself, or at the group that holds the value or policy.</summary>
    public string ModPolicyPath => ModPolicy.StartsWith('/') ? ModPolicy : $"{(Group is null ? Path : $"{Path}/{Name}")}/{ModPolicy}";
}

/// <summary>A configuration as a flat map and back.</summary>
internal static class ConfigTree
{
    private const string Root = "Channel";

    /// <summary>All elements by kind and path.</summary>
    public static Dictionary<string, ConfigElement> Flatten(ConfigGroup root)
    {
        var all = new Dictionary<string, ConfigElement>(StringComparer.Ordinal);
        Add(string.Empty, Root, root, all);
        return all;
    }

    /// <summary>The tree of the elements that can be reached from the root: a member that no group names any more is gone.</summary>
    public static ConfigGroup Build(Dictionary<string, ConfigElement> all) => Build(string.Empty, Root, all) ?? throw new EmulationException("cannot build configuration: the root group is missing");

    private static void Add(string path, string name, ConfigGroup group, Dictionary<string, ConfigElement> all)
    {
        var own = $"{path}/{name}";
        all[$"[Group]  {own}"] = new ConfigElement(path, name, group, null, null);
        foreach (var (key, value) in group.Values)
        {
            all[$"[Value]  {own}/{key}"] = new ConfigElement(own, key, null, value, null);
        }

        foreach (var (key, policy) in group.Policies)
        {
            all[$"[Policy] {own}/{key}"] = new ConfigElement(own, key, null, null, policy);
        }

        foreach (var (key, inner) in group.Groups)
        {
            Add(own, key, inner, all);
        }
    }

    private static ConfigGroup? Build(string path, string name, Dictionary<string, ConfigElement> all)
    {
        var own = $"{path}/{name}";
        if (!all.TryGetValue($"[Group]  {own}", out var element) || element.Group is not { } names)
        {
            return null;
        }

        var group = new ConfigGroup { Version = names.Version, ModPolicy = names.ModPolicy };
        foreach (var key in names.Values.Keys)
        {
            group.Values[key] = all.GetValueOrDefault($"[Value]  {own}/{key}")?.Value ?? throw Missing(own, key);
        }

        foreach (var key in names.Policies.Keys)
        {
            group.Policies[key] = all.GetValueOrDefault($"[Policy] {own}/{key}")?.Policy ?? throw Missing(own, key);
        }

        foreach (var key in names.Groups.Keys)
        {
            group.Groups[key] = Build(own, key, all) ?? throw Missing(own, key);
        }

        return group;
    }

    private static EmulationException Missing(string path, string key) => new($"cannot build configuration: \"{path}/{key}\" is missing");
}
