namespace Baas.Core.Health.Healing;

/// <summary>What Baas does of its own accord.</summary>
public enum HealingKind
{
    /// <summary>Applies the objects of a node or of an organization again.</summary>
    Reapply,

    /// <summary>Deletes a node's pod, so that the cluster makes it anew on the same volume.</summary>
    Restart,

    /// <summary>Makes a peer join a channel of which it should be a member.</summary>
    Rejoin,
}
