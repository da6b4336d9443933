using System.Diagnostics.CodeAnalysis;

namespace Baas.Core.Networks.Policies;

/// <summary>A reference to one of the channel's application policies; Fabric's <c>channel_config_policy_reference</c>.</summary>
/// <param name="Name">One of <see cref="PolicyExpression.ChannelPolicyNames"/>.</param>
public sealed record ChannelPolicyExpression(string Name) : PolicyExpression
{
    private const string Prefix = "/Channel/Application/";

    /// <summary>The reference as Fabric takes it: <c>/Channel/Application/Endorsement</c>.</summary>
    public string Path => Prefix + Name;

    internal static bool TryRead(string text, [NotNullWhen(true)] out PolicyExpression? expression, [NotNullWhen(false)] out string? problem)
    {
        var name = ChannelPolicyNames.FirstOrDefault(name => text == Prefix + name);
        expression = name is null ? null : new ChannelPolicyExpression(name);
        problem = name is null ? $"a channel policy is {Prefix} and one of {string.Join(", ", ChannelPolicyNames)}" : null;
        return name is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
