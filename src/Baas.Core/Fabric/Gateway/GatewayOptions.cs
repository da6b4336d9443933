using Baas.Core.Fabric.Identities;

namespace Baas.Core.Fabric.Gateway;

/// <summary>Who asks which peers.</summary>
public sealed record GatewayOptions
{
    /// <summary>Who signs; it belongs to the caller. <see cref="Signers.FromPem"/> makes one of PEM texts.</summary>
    public required ISigner Signer { get; init; }

    /// <summary>The peers, at least one. The first is asked while it answers, then the next one that does.</summary>
    public required IReadOnlyList<GatewayPeer> Peers { get; init; }

    /// <summary>How long calls may take.</summary>
    public GatewayDeadlines Deadlines { get; init; } = new();

    /// <summary>The time that headers tell. The default is the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
