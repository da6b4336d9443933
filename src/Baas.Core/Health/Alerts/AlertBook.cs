namespace Baas.Core.Health.Alerts;

/// <summary>Carries alerts from one sweep to the next. Pure.</summary>
internal static class AlertBook
{
    /// <summary>The alerts after a sweep, and those of them that have to be told: newly firing or resolved.</summary>
    /// <param name="former">The alerts after the sweep before.</param>
    /// <param name="health">What this sweep has found.</param>
    /// <param name="now">The time of this sweep.</param>
    public static (IReadOnlyList<Alert> Alerts, IReadOnlyList<Alert> Changed) Next(IReadOnlyList<Alert> former, NetworkHealth health, DateTimeOffset now)
    {
        List<Alert> alerts = [];
        List<Alert> changed = [];
        var held = health.AllFindings.Where(finding => AlertRule.Of(finding.Code) is not null).DistinctBy(finding => (finding.Code, finding.Subject));
        foreach (var finding in held)
        {
            var before = former.FirstOrDefault(alert => alert.Rule == finding.Code && alert.Subject == finding.Subject);
            var alert = Continue(before, finding, health.Operation is not null, now);
            alerts.Add(alert);
            if (alert.State == AlertState.Firing && before?.State != AlertState.Firing)
            {
                changed.Add(alert);
            }
        }

        foreach (var over in former.Where(alert => alert.State == AlertState.Firing && !alerts.Any(one => one.Rule == alert.Rule && one.Subject == alert.Subject)))
        {
            // What could not be looked at may still be so: it stays until somebody has seen that it is over.
            if (IsOutOfSight(over, health))
            {
                alerts.Add(over);
            }
            else
            {
                changed.Add(over with { State = AlertState.Resolved });
            }
        }

        return ([.. alerts.OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.Since).ThenBy(alert => alert.Rule, StringComparer.Ordinal)], changed);
    }

    private static Alert Continue(Alert? before, Finding finding, bool isHeld, DateTimeOffset now)
    {
        var rule = AlertRule.Of(finding.Code)!; // only findings with a rule come here
        var since = before?.Since ?? now;
        var isDue = now - since >= rule.For && !(isHeld && AlertRule.IsExplainedByOperation(finding.Code));
        var isFiring = before?.State == AlertState.Firing || isDue;
        return new Alert
        {
            Rule = finding.Code,
            Subject = finding.Subject,
            Severity = rule.Severity,
            State = isFiring ? AlertState.Firing : AlertState.Pending,
            Since = since,
            FiringSince = isFiring ? before?.FiringSince ?? now : null,
            Detail = finding.Detail,
        };
    }

    private static bool IsOutOfSight(Alert alert, NetworkHealth health)
    {
        var node = health.Nodes.FirstOrDefault(one => one.Name == alert.Subject);
        var isClusterAway = health.Findings.Any(finding => finding.Code == FindingCodes.ClusterUnreachable);
        return node is { State: HealthState.Unknown }
            || (isClusterAway && alert.Rule is (FindingCodes.ObjectMissing or FindingCodes.ObjectDrifted or FindingCodes.NamespaceMissing or FindingCodes.AddressChanged))
            || (health.Channels.FirstOrDefault(channel => channel.Channel.Value == alert.Subject) is { State: HealthState.Unknown });
    }
}
