namespace Baas.EndToEnd.Tests.Processes;

/// <summary>The same as <see cref="RealNodesFactAttribute"/> for several cases, with the example's version of Fabric.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealNodesTheoryAttribute : TheoryAttribute
{
    public RealNodesTheoryAttribute() => Skip = RealNodes.Missing(RealNetwork.Version);
}
