namespace Baas.Cli.Api;

/// <summary>A change of health.</summary>
internal sealed record HealthEvent(DateTimeOffset At, string Kind, string Subject, string Message);
