namespace Baas.Core.Fabric.Chaincodes;

/// <summary>A definition that an organization has approved.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="PackageId">The package that the organization's peers run for it; null: they do not run it.</param>
internal sealed record ApprovedDefinition(ChaincodeDefinition Definition, string? PackageId);
