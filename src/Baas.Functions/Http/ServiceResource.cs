namespace Baas.Functions.Http;

/// <summary>What this service is.</summary>
/// <param name="Service">Always <c>baas</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="FabricVersions">The Fabric versions that it can make networks of, newest first.</param>
public sealed record ServiceResource(string Service, string Version, IReadOnlyList<string> FabricVersions);
