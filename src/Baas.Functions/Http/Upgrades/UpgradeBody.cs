using Baas.Core.Networks;

namespace Baas.Functions.Http.Upgrades;

/// <summary>To what a network shall move.</summary>
/// <param name="FabricVersion">The version of Fabric, such as <c>3.1.5</c>.</param>
public sealed record UpgradeBody(FabricVersion FabricVersion);
