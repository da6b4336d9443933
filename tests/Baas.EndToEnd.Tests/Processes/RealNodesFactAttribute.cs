using Baas.Testing;
using Baas.Testing.Fabric;

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
        if (FabricBinaries.FolderOf(version) is null)
        {
            Skip = $"needs Fabric's own programs of version {version}: set {FabricBinaries.Variable} to their folder, or {FabricBinaries.HomeVariable} to a folder that has it as {version}/bin";
        }
        else if (!Directory.Exists(Repository.In("examples", "chaincode", "asset", "node_modules")) || !Directory.Exists(Repository.In("tests", "gateway-client", "node_modules")))
        {
            Skip = "needs what npm brings: run \"npm ci\" in examples/chaincode/asset and in tests/gateway-client (./test does, where npm is)";
        }
    }

    /// <summary>The version of Fabric that has to be there.</summary>
    public string Version { get; }
}
