using System.Security.Cryptography;
using Baas.Sandbox.Emulation.Chaincodes;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Orderers;
using Baas.Sandbox.Emulation.Peers;
using Baas.Sandbox.Pods;
using Google.Protobuf;
using YamlDotNet.Core;

namespace Baas.Sandbox.Emulation;

/// <summary>Runs Fabric's nodes in this process. They keep Fabric's rules; what they cannot do they say.</summary>
/// <param name="clock">The time by which certificates expire and batches are cut.</param>
internal sealed class EmulatedRuntime(TimeProvider clock) : IContainerRuntime
{
    private readonly OrdererCluster _orderers = new();
    private readonly PeerCluster _peers = new();
    private readonly ChaincodeCluster _chaincodes = new();

    /// <inheritdoc/>
    public bool CanRun(ContainerLaunch launch) => ContainerImage.Of(launch).Kind != ImageKind.Unknown;

    /// <inheritdoc/>
    public async Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        var image = ContainerImage.Of(launch);
        launch.Log($"Baas sandbox: emulated {image.Kind.ToString().ToLowerInvariant()} in place of \"{launch.Image}\"; not Hyperledger Fabric");
        var scratch = Path.Combine(Path.GetTempPath(), $"baas-emulated-{Guid.NewGuid():n}");
        try
        {
            return new EmulatedContainer(await StartNodeAsync(launch, image, new NodeSettings(launch, scratch), cancellationToken), scratch);
        }
        catch (Exception failure) when (failure is EmulationException or IOException or UnauthorizedAccessException or CryptographicException or InvalidProtocolBufferException or YamlException)
        {
            launch.Log($"panic: {failure.Message}");
            var failed = new EmulatedContainer(null, scratch);
            await failed.EndAsync(1);
            return failed;
        }
    }

    private Task<INode> StartNodeAsync(ContainerLaunch launch, ContainerImage image, NodeSettings settings, CancellationToken cancellationToken) => image.Kind switch
    {
        ImageKind.Orderer => OrdererProgram.StartAsync(launch, settings, _orderers, image.Version, clock, cancellationToken),
        ImageKind.Peer => PeerProgram.StartAsync(launch, settings, _peers, _chaincodes, image.Version, clock, cancellationToken),
        ImageKind.Chaincode => ChaincodeProgram.StartAsync(launch, settings, image.Repository, _chaincodes, cancellationToken),
        ImageKind.CouchDb => CouchDbProgram.StartAsync(launch, cancellationToken),
        _ => throw new EmulationException($"cannot run image \"{launch.Image}\": it is not emulated"),
    };
}
