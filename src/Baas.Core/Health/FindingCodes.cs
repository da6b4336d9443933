namespace Baas.Core.Health;

/// <summary>The stable codes of findings, which are also the names of alert rules.</summary>
public static class FindingCodes
{
    /// <summary>The cluster's API gives no answer, so that nothing is known of pods and objects there.</summary>
    public const string ClusterUnreachable = "cluster-unreachable";

    /// <summary>The node has no pod.</summary>
    public const string PodMissing = "pod-missing";

    /// <summary>The node's pod does not run yet, or not any more.</summary>
    public const string PodNotRunning = "pod-not-running";

    /// <summary>The cluster cannot get the image of the node's pod.</summary>
    public const string ImageUnavailable = "image-unavailable";

    /// <summary>The node's program ends again and again.</summary>
    public const string CrashLooping = "crash-looping";

    /// <summary>The pod waits for a Secret, a ConfigMap or a volume.</summary>
    public const string ConfigurationMissing = "configuration-missing";

    /// <summary>The pod runs, and its probes say that it does not work.</summary>
    public const string PodNotReady = "pod-not-ready";

    /// <summary>The cluster says that the node is ready, and Baas cannot reach it.</summary>
    public const string NodeUnreachable = "node-unreachable";

    /// <summary>The node's program was restarted lately.</summary>
    public const string Restarted = "restarted";

    /// <summary>The node refuses what it has to answer.</summary>
    public const string NodeRefuses = "node-refuses";

    /// <summary>A node is no member of a channel that the specification gives it.</summary>
    public const string ChannelNotJoined = "channel-not-joined";

    /// <summary>A peer is behind its channel.</summary>
    public const string PeerLagging = "peer-lagging";

    /// <summary>An orderer is behind its channel.</summary>
    public const string OrdererLagging = "orderer-lagging";

    /// <summary>An orderer has failed to catch up with a channel that it was told to join.</summary>
    public const string OnboardingFailed = "onboarding-failed";

    /// <summary>A channel has no leader: nothing is ordered.</summary>
    public const string NoLeader = "no-leader";

    /// <summary>Several orderers say that they lead a channel.</summary>
    public const string TwoLeaders = "two-leaders";

    /// <summary>The leader of a channel changes too often.</summary>
    public const string LeaderUnstable = "leader-unstable";

    /// <summary>Too many transactions of a channel are invalid: the network works, its clients get in each other's way.</summary>
    public const string TransactionsInvalid = "transactions-invalid";

    /// <summary>Nodes of one network run several versions of Fabric.</summary>
    public const string VersionSkew = "version-skew";

    /// <summary>Too few orderers of a channel work: nothing is ordered.</summary>
    public const string QuorumLost = "quorum-lost";

    /// <summary>The loss of one more orderer stops the channel.</summary>
    public const string QuorumAtRisk = "quorum-at-risk";

    /// <summary>A volume is almost full.</summary>
    public const string VolumeFilling = "volume-filling";

    /// <summary>A volume is full, or as good as.</summary>
    public const string VolumeFull = "volume-full";

    /// <summary>A certificate is not valid any more.</summary>
    public const string CertificateExpired = "certificate-expired";

    /// <summary>A certificate expires within 7 days.</summary>
    public const string CertificateExpiringSoon = "certificate-expiring-soon";

    /// <summary>A certificate expires within 30 days.</summary>
    public const string CertificateExpiring = "certificate-expiring";

    /// <summary>A certificate authority expires within 60 days.</summary>
    public const string AuthorityExpiring = "authority-expiring";

    /// <summary>The last renewal of certificates has failed.</summary>
    public const string RenewalFailed = "renewal-failed";

    /// <summary>The last good backup is older than twice its schedule.</summary>
    public const string BackupOverdue = "backup-overdue";

    /// <summary>A good backup was not copied to the second store in time.</summary>
    public const string BackupCopyBehind = "backup-copy-behind";

    /// <summary>An object that the specification asks for is not in the cluster.</summary>
    public const string ObjectMissing = "object-missing";

    /// <summary>An object in the cluster is not what the specification asks for.</summary>
    public const string ObjectDrifted = "object-drifted";

    /// <summary>An organization's whole namespace is gone.</summary>
    public const string NamespaceMissing = "namespace-missing";

    /// <summary>The namespace of that name belongs to somebody else.</summary>
    public const string NamespaceForeign = "namespace-foreign";

    /// <summary>A node's Service has another address than the one in certificates and channels.</summary>
    public const string AddressChanged = "address-changed";

    /// <summary>A message about the network was given up and waits for a person.</summary>
    public const string QueueMessagePoisoned = "queue-message-poisoned";

    /// <summary>The look at the network took longer than it may.</summary>
    public const string LookTimedOut = "look-timed-out";

    /// <summary>What is stored of the network is not whole, so that it cannot be compared.</summary>
    public const string RecordIncomplete = "record-incomplete";
}
