namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The names of the objects that a namespace has once.</summary>
internal static class ObjectNames
{
    /// <summary>The quota and the default limits.</summary>
    public const string Limits = "baas";

    /// <summary>The policy that refuses what no other policy allows.</summary>
    public const string DefaultDeny = "default-deny";

    /// <summary>The policy of orderers, and how many of them may be away.</summary>
    public const string Orderers = "orderers";

    /// <summary>The policy of peers.</summary>
    public const string Peers = "peers";

    /// <summary>The policy of what only peers call.</summary>
    public const string PeerServants = "chaincodes-and-databases";
}
