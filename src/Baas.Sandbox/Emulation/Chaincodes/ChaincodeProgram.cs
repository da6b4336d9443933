using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Pods;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Baas.Sandbox.Emulation.Chaincodes;

/// <summary>The program of a chaincode server's image: a listener, and behind it the contract that the image is known for, if any.</summary>
internal sealed class ChaincodeProgram : INode
{
    private readonly ChaincodeCluster _cluster;
    private NodeServer? _server;

    private ChaincodeProgram(ChaincodeCluster cluster, NodeSettings settings, string image)
    {
        _cluster = cluster;
        Image = image;
        EndPoint = settings.EndPoint("CHAINCODE_SERVER_ADDRESS", string.Empty);
        PackageId = settings.Text("CHAINCODE_ID", settings.Text("CORE_CHAINCODE_ID_NAME", string.Empty));
        Certificate = settings.Flag("CHAINCODE_TLS_DISABLED", otherwise: true) ? null : settings.KeyPair("CHAINCODE_TLS_CERT", "CHAINCODE_TLS_KEY");
        Contract = image.Contains("asset", StringComparison.OrdinalIgnoreCase) ? new AssetContract() : null;
    }

    /// <summary>The image's name.</summary>
    public string Image { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The package for which it serves.</summary>
    public string PackageId { get; }

    /// <summary>Its TLS certificate, or null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>The contract, or null when it only listens.</summary>
    public AssetContract? Contract { get; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="EmulationException">A real server would not start with these settings either.</exception>
    public static async Task<INode> StartAsync(ContainerLaunch launch, NodeSettings settings, string image, ChaincodeCluster cluster, CancellationToken cancellationToken)
    {
        var program = new ChaincodeProgram(cluster, settings, image);
        var grpc = new GrpcService(new Dictionary<string, Func<GrpcExchange, Task>>(StringComparer.Ordinal), launch.Log);
        var listener = new NodeListener("chaincode", program.EndPoint, HttpProtocols.Http2, settings.Tls(program.Certificate, null), grpc.HandleAsync);
        program._server = await NodeServer.StartAsync([listener], cancellationToken);
        cluster.Add(program);
        launch.Log(program.Contract is null ? "emulated chaincode server: listens, runs nothing" : "emulated chaincode server: runs the built-in contract \"asset\"");
        return program;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _cluster.Remove(this);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Certificate?.Dispose();
    }
}
