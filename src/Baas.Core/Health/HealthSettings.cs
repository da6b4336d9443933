namespace Baas.Core.Health;

/// <summary>What is set for one network.</summary>
/// <param name="SelfHealing">Whether Baas heals what is safe to heal. The default is yes.</param>
public sealed record HealthSettings(bool SelfHealing = true);
