namespace Baas.EndToEnd.Tests.Processes;

/// <summary>A test that runs networks of Fabric's own programs with the real chaincode and, unless it says otherwise, the Node gateway client; skipped, with what is missing named.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealNodesFactAttribute : FactAttribute
{
    /// <summary>Looks what the machine has.</summary>
    /// <param name="version">The version that has to be there.</param>
    public RealNodesFactAttribute(string version = RealNetwork.Version)
    {
        Version = version;
        Skip = RealNodes.Missing(version);
    }

    /// <summary>The version of Fabric that has to be there.</summary>
    public string Version { get; }
}
