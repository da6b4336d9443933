namespace Baas.Core.Networks;

/// <summary>The capability levels of a channel: nodes below a level stop. They cannot be lowered later.</summary>
/// <param name="Channel">Such as <c>V3_0</c>.</param>
/// <param name="Orderer">Such as <c>V2_0</c>.</param>
/// <param name="Application">Such as <c>V2_5</c>.</param>
public sealed record ChannelCapabilities(string Channel, string Orderer, string Application);
