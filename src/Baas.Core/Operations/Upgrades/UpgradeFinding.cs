namespace Baas.Core.Operations.Upgrades;

/// <summary>What the look before an upgrade has found.</summary>
/// <param name="Code">Stable code, documented in docs/upgrades.md.</param>
/// <param name="IsBlocking">Whether the upgrade is refused because of it; otherwise it is only said.</param>
/// <param name="Message">One line for a person.</param>
public sealed record UpgradeFinding(string Code, bool IsBlocking, string Message);
