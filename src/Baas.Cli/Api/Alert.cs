namespace Baas.Cli.Api;

/// <summary>An alert that fires.</summary>
internal sealed record Alert(string Network, string Rule, string Subject, string Severity, DateTimeOffset Since, DateTimeOffset? FiringSince, string Detail);
