using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Networks;
using Baas.Core.Steps;
using Baas.Core.Storage;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Sandbox;
using Google.Protobuf;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>What emulated peers and Fabric's own answer alike. What once differed stands here.</summary>
internal static class NodeContract
{
    private const string Network = "contract";

    // Waits for its init for ever.
    private const string Second = """

          - name: second
            channel: main
            image: baas.example/asset-chaincode:1.0
            initRequired: true
        """;

    private static readonly (ChaincodeCall Call, int Status, string Reason)[] Refusals =
    [
        (Lifecycle("", "QueryInstalledChaincode", new QueryInstalledChaincodeArgs { PackageId = "a:1" }), 500, "could not find chaincode with package id 'a:1'"),
        (Lifecycle("", "GetInstalledChaincodePackage", new GetInstalledChaincodePackageArgs { PackageId = "a:1" }), 500, "could not load cc install package: chaincode install package 'a:1' not found"),
        (Lifecycle("main", "QueryChaincodeDefinition", new QueryChaincodeDefinitionArgs { Name = "other" }), 404, "namespace other is not defined"),
        (Lifecycle("main", "QueryApprovedChaincodeDefinition", new QueryApprovedChaincodeDefinitionArgs { Name = "other", Sequence = 1 }), 500, "could not fetch approved chaincode definition (name: 'other', sequence: '1') on channel 'main'"),
        (Lifecycle("main", "CheckCommitReadiness", new CheckCommitReadinessArgs { Name = "asset", Version = "1.0", Sequence = 1 }), 500, "requested sequence is 1, but new definition must be sequence 2"),
        (Lifecycle("", "InstallChaincode", new InstallChaincodeArgs { ChaincodeInstallPackage = ByteString.CopyFromUtf8("no package") }), 500, "could not parse as a chaincode install package"),
        (ChaincodeCall.Of("", "cscc", "JoinChain", "no block"), 500, ""),
        (ChaincodeCall.Of("main", "asset", "NoSuchFunction"), 500, "You've asked to invoke a function that does not exist: NoSuchFunction"),
        (ChaincodeCall.Of("main", "asset", "Create", "a"), 500, "Expected 3 parameters, but 1 have been supplied"),
        (ChaincodeCall.Of("main", "asset", "Read"), 500, "Expected 1 parameters, but 0 have been supplied"),
        (ChaincodeCall.Of("main", "asset", "Create", "", "ann", "1"), 500, "id is empty"),
        (ChaincodeCall.Of("main", "asset", "Create", "a", "ann", "1.5"), 500, "\"1.5\" is no whole number"),
        (ChaincodeCall.Of("main", "asset", "Delete", "a"), 500, "asset \"a\" does not exist"),
        (ChaincodeCall.Of("main", "missing", "Read", "a"), 500, "make sure the chaincode missing has been successfully defined on channel main and try again: chaincode missing not found"),
        (ChaincodeCall.Of("other", "asset", "Read", "a"), 500, "channel 'other' not found"),
        (ChaincodeCall.Of("main", "qscc", "GetTransactionByID", "main", "nothing"), 500, "Failed to get transaction with id nothing, error no such transaction ID [nothing] in index"),
        (ChaincodeCall.Of("main", "qscc", "GetBlockByTxID", "main", "nothing"), 500, "Failed to get block for txID nothing, error no such transaction ID [nothing] in index"),
        (ChaincodeCall.Of("main", "qscc", "GetBlockByNumber", "main", "9999"), 500, "Failed to get block number 9999, error no such block number [9999] in index"),
        (ChaincodeCall.Of("main", "qscc", "GetBlockByNumber", "main", "x"), 500, "Failed to parse block number with error strconv.ParseUint: parsing \"x\": invalid syntax"),
        (ChaincodeCall.Of("main", "qscc", "GetBlockByHash", "main", "x"), 500, "Failed to get block hash x, error no such block hash [78] in index"),
        (ChaincodeCall.Of("main", "qscc", "GetChainInfo", "other"), 500, "Invalid chain ID, other"),
        (ChaincodeCall.Of("main", "qscc", "NoSuchFunction", "main", "x"), 500, "access denied for [NoSuchFunction][main]: [Unmapped policy for qscc/NoSuchFunction]"),
        (ChaincodeCall.Of("main", "cscc", "GetChannelConfig", "other"), 500, ""),
        (ChaincodeCall.Of("main", "cscc", "NoSuchFunction", "main"), 500, "Requested function NoSuchFunction not found"),
        (ChaincodeCall.Of("main", "second", "Read", "a"), 500, "invalid invocation: chaincode 'second' has not been initialized for this version, must call as init first"),
        (ChaincodeCall.Of("main", "second", "Read", "a") with { IsInit = true }, 500, "asset \"a\" does not exist"),
        (ChaincodeCall.Of("main", "asset", "Read", "a") with { IsInit = true }, 500, "invalid invocation: chaincode 'asset' does not require initialization but called as init"),
    ];

    /// <summary>Makes a network on nodes of one kind and asks its peer.</summary>
    public static async Task HoldsAsync(Func<SandboxOptions, SandboxOptions> nodes, string version = RealNetwork.Version)
    {
        await using var host = await SandboxHost.StartAsync(nodes);
        await using var service = await host.StartServiceAsync("service");
        var made = await service.Api.CreateToEndAsync(Network, SmallNetwork.Specification(Network).Replace(RealNetwork.Version, version, StringComparison.Ordinal) + Second);
        Assert.True($"{made.State}".Equals("succeeded", StringComparison.OrdinalIgnoreCase), $"{made}");
        var (network, access) = (new NetworkReference(TenantName.Parse(ServiceRun.Tenant), NetworkName.Parse(Network)), service.Get<FabricAccess>());
        var peer = (await service.Get<ArtifactStore>().ListEndpointsAsync(network, CancellationToken.None)).First(endpoint => endpoint.Role == NodeRole.Peer);
        using var admin = await access.AdministratorOfAsync(network, peer.Node.Organization, CancellationToken.None);
        var endorser = new Endorser(await access.ConnectAsync(network, peer, CancellationToken.None), admin, TimeProvider.System);

        List<string> wrong = [];
        foreach (var (call, status, reason) in Refusals)
        {
            var refusal = await Assert.ThrowsAsync<PeerRejectedException>(() => endorser.RunAsync(call, "ask", CancellationToken.None));
            if (refusal.Status != status || !refusal.Reason.Contains(reason, StringComparison.Ordinal))
            {
                wrong.Add($"{call.Arguments[0].ToStringUtf8()}: expected {status} {reason}, got {refusal.Status} {refusal.Reason}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static ChaincodeCall Lifecycle(string channel, string function, IMessage argument) => ChaincodeCall.Of(channel, "_lifecycle", function, argument);
}
