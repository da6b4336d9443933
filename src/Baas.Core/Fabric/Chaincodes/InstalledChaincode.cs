namespace Baas.Core.Fabric.Chaincodes;

/// <summary>A package that a peer has installed.</summary>
/// <param name="PackageId">Label and hash.</param>
/// <param name="Label">The label.</param>
internal sealed record InstalledChaincode(string PackageId, string Label);
