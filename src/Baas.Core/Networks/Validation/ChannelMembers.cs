namespace Baas.Core.Networks.Validation;

/// <summary>Finds the organizations of a channel.</summary>
internal static class ChannelMembers
{
    /// <summary>The members that there are, each once; none for an unknown channel.</summary>
    public static IReadOnlyList<OrganizationSpec> Of(NetworkSpec spec, ChannelName name)
    {
        var channel = spec.Channels.FirstOrDefault(channel => channel.Name == name);
        return channel is null ? [] : [.. spec.Organizations.Where(organization => channel.Organizations.Contains(organization.Name))];
    }
}
