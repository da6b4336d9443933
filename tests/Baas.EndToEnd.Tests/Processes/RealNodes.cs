using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>Whether this machine can run networks of Fabric's own programs.</summary>
internal static class RealNodes
{
    /// <summary>What is missing; null when nothing is.</summary>
    /// <param name="version">The version of Fabric that has to be there.</param>
    public static string? Missing(string version)
    {
        if (FabricBinaries.FolderOf(version) is null)
        {
            return $"needs Fabric's own programs of version {version}: set {FabricBinaries.Variable} to their folder, or {FabricBinaries.HomeVariable} to a folder that has it as {version}/bin";
        }

        var folders = new[] { Repository.In("examples", "chaincode", "asset"), Repository.In("tests", "gateway-client") };
        return folders.All(folder => Directory.Exists(Path.Combine(folder, "node_modules")))
            ? null
            : "needs what npm brings: run \"npm ci\" in examples/chaincode/asset and in tests/gateway-client (./test does, where npm is)";
    }
}
