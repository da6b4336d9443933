using Baas.Core.Networks;

namespace Baas.Core.Health.Healing;

/// <summary>One act of healing. Stands in histories: properties are never renamed.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Organization">Whose.</param>
/// <param name="Node">The node; null for what the organization has once.</param>
/// <param name="Channel">The channel to join; null for other acts.</param>
/// <param name="PodUid">The pod that is replaced: a newer one is left alone.</param>
/// <param name="Reason">Why, one line.</param>
public sealed record HealingAct(HealingKind Kind, OrganizationName Organization, NodeName? Node, ChannelName? Channel, string? PodUid, string Reason)
{
    /// <summary>What it works on, for people.</summary>
    internal string Subject => Node is null ? Organization.Value : $"{Node}.{Organization}";
}
