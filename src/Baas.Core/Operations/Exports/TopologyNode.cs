using Baas.Core.Networks;

namespace Baas.Core.Operations.Exports;

/// <summary>A node in a topology.</summary>
/// <param name="Name">Its name within its organization.</param>
/// <param name="Role">What it does.</param>
/// <param name="Address">Its advertised address.</param>
public sealed record TopologyNode(NodeName Name, NodeRole Role, string Address);
