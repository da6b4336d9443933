using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>How an orderer takes part in a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Relation"><c>consenter</c>, <c>follower</c>, <c>config-tracker</c> or <c>other</c>.</param>
/// <param name="Status"><c>active</c>, <c>onboarding</c>, <c>inactive</c> or <c>failed</c>.</param>
/// <param name="Height">How many blocks the orderer has.</param>
internal sealed record ParticipationStatus(ChannelName Channel, string Relation, string Status, ulong Height)
{
    /// <summary>Whether the orderer takes part in consensus and is not behind.</summary>
    public bool IsActiveConsenter => Status == "active" && Relation == "consenter";

    /// <inheritdoc/>
    public override string ToString() => $"{Relation}, {Status}, {Height} blocks";
}
