using System.Diagnostics;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Fabric;

/// <summary>The chaincode of the examples, run by Node.js.</summary>
internal static class AssetExample
{
    private static readonly string Folder = Path.Combine(Root(), "examples", "chaincode", "asset");

    /// <summary>Installs what it depends on, unless that is there.</summary>
    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "fabric-shim")))
        {
            return;
        }

        using var process = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = Folder })!;
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Serves it to the peers of one organization, with TLS, until the network ends.</summary>
    public static async Task RunAsync(RealNetwork network, NodeEndpoint server, string packageId, CancellationToken cancellationToken)
    {
        var files = await network.WriteIdentityAsync(server.Node, NodeRole.Chaincode, cancellationToken);
        Dictionary<string, string> environment = new()
        {
            ["CHAINCODE_SERVER_ADDRESS"] = server.Address,
            ["CHAINCODE_ID"] = packageId,
            ["CHAINCODE_TLS_CERT_FILE"] = $"{files}/tls/server.crt",
            ["CHAINCODE_TLS_KEY_FILE"] = $"{files}/tls/server.key",
            ["CORE_CHAINCODE_LOGGING_LEVEL"] = "INFO",
        };
        await network.RunAsync("node", [Path.Combine(Folder, "server.js")], "Bootstrap process completed", environment, cancellationToken);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Baas.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
