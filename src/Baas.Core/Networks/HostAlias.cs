namespace Baas.Core.Networks;

/// <summary>A name that the pods of a network find at an address, though no DNS says so.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name.</param>
public sealed record HostAlias(string Address, string Name);
