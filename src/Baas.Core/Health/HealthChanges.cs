using Baas.Core.Health.Alerts;

namespace Baas.Core.Health;

/// <summary>What has changed between two sweeps, as events. Pure.</summary>
internal static class HealthChanges
{
    /// <summary>Carries over since when each state lasts.</summary>
    public static NetworkHealth Since(NetworkHealth? former, NetworkHealth health) => health with
    {
        Since = former?.State == health.State ? former.Since : health.CheckedAt,
        Nodes =
        [
            .. health.Nodes.Select(node => node with
            {
                Since = former?.Nodes.FirstOrDefault(one => one.Name == node.Name) is { } before && before.State == node.State ? before.Since : health.CheckedAt,
            }),
        ],
    };

    /// <summary>The changes of states and alerts, oldest first.</summary>
    public static IEnumerable<HealthEvent> Between(NetworkHealth? former, NetworkHealth health, IEnumerable<Alert> changed)
    {
        var at = health.CheckedAt;
        if (former?.State != health.State)
        {
            yield return new HealthEvent(at, HealthEvent.StateKind, health.Network.Network.Value, Moved(former?.State, health.State, health.AllFindings));
        }

        foreach (var node in health.Nodes)
        {
            var before = former?.Nodes.FirstOrDefault(one => one.Name == node.Name);
            var isNews = before is null ? node.State != HealthState.Healthy : before.State != node.State || !Codes(before).SequenceEqual(Codes(node));
            if (isNews)
            {
                yield return new HealthEvent(at, HealthEvent.StateKind, node.Name, Moved(before?.State, node.State, node.Findings));
            }
        }

        foreach (var alert in changed)
        {
            var verb = alert.State == AlertState.Resolved ? "is resolved" : $"fires ({Word(alert.Severity)}): {alert.Detail}";
            yield return new HealthEvent(at, HealthEvent.AlertKind, alert.Subject, $"{alert.Rule} {verb}");
        }
    }

    private static IEnumerable<string> Codes(NodeHealth node) => node.Findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal);

    private static string Moved(HealthState? from, HealthState to, IEnumerable<Finding> findings)
    {
        var why = findings.Where(finding => finding.State != HealthState.Healthy).Select(finding => $"{finding.Code}: {finding.Detail}").FirstOrDefault();
        return $"{(from is null ? "" : $"{Word(from.Value)} → ")}{Word(to)}{(why is null ? "" : $": {why}")}";
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
