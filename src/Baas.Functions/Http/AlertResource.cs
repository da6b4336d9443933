using Baas.Core.Health.Alerts;
using Baas.Core.Networks;

namespace Baas.Functions.Http;

/// <summary>An alert that fires, as the API shows it.</summary>
/// <param name="Network">The network.</param>
/// <param name="Rule">Its rule, named like the finding.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="Since">Since when the condition holds.</param>
/// <param name="FiringSince">Since when it fires.</param>
/// <param name="Detail">What was last seen.</param>
public sealed record AlertResource(NetworkName Network, string Rule, string Subject, AlertSeverity Severity, DateTimeOffset Since, DateTimeOffset? FiringSince, string Detail)
{
    internal static AlertResource Of(NetworkName network, Alert alert) =>
        new(network, alert.Rule, alert.Subject, alert.Severity, alert.Since, alert.FiringSince, alert.Detail);
}
