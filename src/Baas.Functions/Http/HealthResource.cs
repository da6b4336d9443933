using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Networks;

namespace Baas.Functions.Http;

/// <summary>The health of a network as the API shows it.</summary>
public sealed record HealthResource
{
    /// <summary>The network.</summary>
    public required NetworkName Network { get; init; }

    /// <summary>How it is.</summary>
    public required HealthState State { get; init; }

    /// <summary>Since when it is so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was last looked at.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>What is wrong: with the network, its channels and its nodes.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>How many of its alerts fire.</summary>
    public required int FiringAlerts { get; init; }

    /// <summary>In how many days the first of its nodes' certificates expires.</summary>
    public int? CertificateDays { get; init; }

    /// <summary>When its last good backup was made.</summary>
    public DateTimeOffset? LastBackup { get; init; }

    /// <summary>The operation that holds it.</summary>
    public OperationId? Operation { get; init; }

    /// <summary>Its channels; absent in lists.</summary>
    public IReadOnlyList<ChannelHealth>? Channels { get; init; }

    /// <summary>Its nodes; absent in lists.</summary>
    public IReadOnlyList<NodeHealth>? Nodes { get; init; }

    /// <summary>Its alerts, those that are pending included; absent in lists.</summary>
    public IReadOnlyList<Alert>? Alerts { get; init; }

    internal static HealthResource Of(NetworkHealth health, bool withParts) => new()
    {
        Network = health.Network.Network,
        State = health.State,
        Since = health.Since,
        CheckedAt = health.CheckedAt,
        Findings = [.. health.AllFindings],
        FiringAlerts = health.Alerts.Count(alert => alert.State == AlertState.Firing),
        CertificateDays = health.Nodes.Min(node => node.CertificateDays),
        LastBackup = health.LastBackup,
        Operation = health.Operation,
        Channels = withParts ? health.Channels : null,
        Nodes = withParts ? health.Nodes : null,
        Alerts = withParts ? health.Alerts : null,
    };
}
