namespace Baas.Core.Health.Alerts;

/// <summary>When a finding becomes an alert.</summary>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="For">How long the finding has to be there.</param>
internal sealed record AlertRule(AlertSeverity Severity, TimeSpan For)
{
    // Durations as operators of Fabric use them; sweeps come once a minute, so anything shorter than that is "at the next look".
    private static readonly Dictionary<string, AlertRule> Rules = new(StringComparer.Ordinal)
    {
        [FindingCodes.ClusterUnreachable] = Critical(2),
        [FindingCodes.PodMissing] = Critical(2),
        [FindingCodes.PodNotRunning] = Critical(5),
        [FindingCodes.ImageUnavailable] = Critical(1),
        [FindingCodes.CrashLooping] = Critical(1),
        [FindingCodes.ConfigurationMissing] = Critical(2),
        [FindingCodes.PodNotReady] = Critical(2),
        [FindingCodes.NodeUnreachable] = Warning(5),
        [FindingCodes.NodeRefuses] = Critical(5),
        [FindingCodes.ChannelNotJoined] = Critical(2),
        [FindingCodes.PeerLagging] = Warning(2),
        [FindingCodes.OrdererLagging] = Warning(2),
        [FindingCodes.OnboardingFailed] = Critical(1),
        [FindingCodes.NoLeader] = new(AlertSeverity.Critical, TimeSpan.FromSeconds(30)),
        [FindingCodes.TwoLeaders] = Critical(1),
        [FindingCodes.LeaderUnstable] = Warning(0),
        [FindingCodes.TransactionsInvalid] = Warning(5),
        [FindingCodes.VersionSkew] = Warning(10),
        [FindingCodes.QuorumLost] = new(AlertSeverity.Critical, TimeSpan.FromSeconds(30)),
        [FindingCodes.QuorumAtRisk] = Warning(2),
        [FindingCodes.VolumeFilling] = Warning(5),
        [FindingCodes.VolumeFull] = Critical(0),
        [FindingCodes.CertificateExpired] = Critical(0),
        [FindingCodes.CertificateExpiringSoon] = Critical(0),
        [FindingCodes.CertificateExpiring] = Warning(0),
        [FindingCodes.AuthorityExpiring] = Warning(0),
        [FindingCodes.RenewalFailed] = Warning(0),
        [FindingCodes.BackupOverdue] = Warning(0),
        [FindingCodes.BackupCopyBehind] = Warning(0),
        [FindingCodes.ObjectMissing] = Warning(2),
        [FindingCodes.ObjectDrifted] = Warning(5),
        [FindingCodes.NamespaceMissing] = Critical(0),
        [FindingCodes.NamespaceForeign] = Critical(0),
        [FindingCodes.AddressChanged] = Critical(1),
        [FindingCodes.QueueMessagePoisoned] = Warning(0),
        [FindingCodes.LookTimedOut] = Warning(5),
        [FindingCodes.RecordIncomplete] = Warning(5),
    };

    /// <summary>Whether the finding may come from the operation that holds the network: then it waits for the operation's end.</summary>
    public static bool IsExplainedByOperation(string code) => code is not
        (FindingCodes.ClusterUnreachable or FindingCodes.CertificateExpired or FindingCodes.CertificateExpiring or FindingCodes.CertificateExpiringSoon
        or FindingCodes.AuthorityExpiring or FindingCodes.RenewalFailed or FindingCodes.BackupOverdue or FindingCodes.BackupCopyBehind or FindingCodes.VolumeFull
        or FindingCodes.QueueMessagePoisoned);

    /// <summary>The rule of a finding; null when it is only shown.</summary>
    public static AlertRule? Of(string code) => Rules.GetValueOrDefault(code);

    private static AlertRule Critical(int minutes) => new(AlertSeverity.Critical, TimeSpan.FromMinutes(minutes));

    private static AlertRule Warning(int minutes) => new(AlertSeverity.Warning, TimeSpan.FromMinutes(minutes));
}
