namespace Baas.Core.Networks.Validation;

/// <summary>Channels: their members and policies.</summary>
internal static class ChannelRules
{
    /// <summary>Checks names, numbers and each channel by itself.</summary>
    public static void Check(NetworkSpec spec, SpecLimits limits, Findings findings)
    {
        var channels = spec.Channels;
        findings.Require(channels.Count <= limits.Channels, "$.channels", "limit-exceeded", $"{channels.Count} channels are wanted, {limits.Channels} are allowed");
        findings.RequireUnique(channels, item => item.Name.Value, index => $"$.channels[{index}].name", "duplicate-name", "channel");

        for (var index = 0; index < channels.Count; index++)
        {
            CheckMembers(spec, channels[index], $"$.channels[{index}].organizations", findings);
            CheckPolicies(spec, channels[index], $"$.channels[{index}].policies", findings);
        }
    }

    private static void CheckMembers(NetworkSpec spec, ChannelSpec channel, string path, Findings findings)
    {
        findings.Require(channel.Organizations.Count > 0, path, "out-of-range", $"channel \"{channel.Name}\" needs at least one member");
        findings.RequireUnique(channel.Organizations, name => name.Value, index => $"{path}[{index}]", "duplicate-name", "organization");
        for (var index = 0; index < channel.Organizations.Count; index++)
        {
            var member = channel.Organizations[index];
            findings.Require(
                spec.Organizations.Any(organization => organization.Name == member),
                $"{path}[{index}]",
                "unknown-organization",
                $"there is no organization \"{member}\" that runs peers");
        }
    }

    private static void CheckPolicies(NetworkSpec spec, ChannelSpec channel, string path, Findings findings)
    {
        var rules = new PolicyRules(ChannelMembers.Of(spec, channel.Name), findings);
        rules.Check(channel.Policies.Readers, $"{path}.readers", PolicyUse.Channel);
        rules.Check(channel.Policies.Writers, $"{path}.writers", PolicyUse.Channel);
        rules.Check(channel.Policies.Admins, $"{path}.admins", PolicyUse.Channel);
        rules.Check(channel.Policies.LifecycleEndorsement, $"{path}.lifecycleEndorsement", PolicyUse.ChannelEndorsement);
        rules.Check(channel.Policies.Endorsement, $"{path}.endorsement", PolicyUse.ChannelEndorsement);
    }
}
