using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Pods;
using Google.Protobuf;
using static Baas.Sandbox.Tests.Emulation.EmulatedPeerTests;
using static Baas.Sandbox.Tests.Emulation.TestPeer;

namespace Baas.Sandbox.Tests.Emulation;

public sealed class EmulatedChaincodeTests
{
    private const string Channel = TestNetwork.Channel;

    [Fact]
    public void CanRun_KnowsImagesByNameAndServersByTheirAddress()
    {
        var runtime = new Baas.Sandbox.Emulation.EmulatedRuntime(TimeProvider.System);

        Assert.True(runtime.CanRun(Launch("registry.example/any/fabric-peer:3.1.5", [])));
        Assert.True(runtime.CanRun(Launch("couchdb:3.4.2", [])));
        Assert.True(runtime.CanRun(Launch("example/ledger:1", new() { ["CHAINCODE_SERVER_ADDRESS"] = "0.0.0.0:9999" })));
        Assert.False(runtime.CanRun(Launch("example/ledger:1", [])));
    }

    [Fact]
    public async Task CouchDb_IsUp()
    {
        var runtime = new Baas.Sandbox.Emulation.EmulatedRuntime(TimeProvider.System);
        var launch = Launch("couchdb:3.4.2", []);
        await using var container = await runtime.StartAsync(launch, CancellationToken.None);
        using var http = new HttpClient();

        Assert.Contains("ok", await http.GetStringAsync(new Uri($"http://{launch.Address}:5984/_up")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_SubmitAndEvaluate_RunTheAssetContract()
    {
        await using var network = await JoinedAsync();
        await using var server = await DeployAsync(network, "example/asset:1.0");
        var user = network.One.Issue("user", "client");

        var (code, _) = await SubmitAsync(network, user, "Create", "a1", "Tom", "7");
        var (evaluated, status, detail) = await EvaluateAsync(network, user, "Read", "a1");

        Assert.Equal(TxValidationCode.Valid, code);
        Assert.True(status == 0, detail);
        Assert.Equal("""{"id":"a1","owner":"Tom","value":7}""", evaluated!.Result.Payload.ToStringUtf8());
    }

    [Fact]
    public async Task Gateway_ContractRefuses_TheReasonArrives()
    {
        await using var network = await JoinedAsync();
        await using var server = await DeployAsync(network, "example/asset:1.0");

        var (_, status, detail) = await EvaluateAsync(network, network.One.Issue("user", "client"), "Read", "nothing");
        var (_, foreign, _) = await EvaluateAsync(network, new TestOrganization("OneMSP").Admin, "Read", "nothing");

        Assert.Equal(2, status);
        Assert.Contains("evaluate call to endorser returned error", detail, StringComparison.Ordinal);
        Assert.Equal(9, foreign);
    }

    [Fact]
    public async Task Chaincode_OnlyAListener_IsUnimplemented()
    {
        await using var network = await JoinedAsync();
        await using var server = await DeployAsync(network, "example/ledger:1.0");

        var (_, status, detail) = await EvaluateAsync(network, network.One.Admin, "Read", "a1");

        Assert.Equal(12, status);
        Assert.Contains("do not run chaincode", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chaincode_ServerOfAnotherPackage_CannotBeReached()
    {
        await using var network = await JoinedAsync();
        await using var server = await DeployAsync(network, "example/asset:1.0", serves: "asset_1.0:another");

        var (_, status, _) = await EvaluateAsync(network, network.One.Admin, "Read", "a1");

        Assert.Equal(10, status);
    }

    private static ContainerLaunch Launch(string image, Dictionary<string, string> environment, IPAddress? address = null, string? tls = null) => new()
    {
        Namespace = "test",
        Pod = "other-0",
        Container = "main",
        Image = image,
        Command = [],
        Environment = environment,
        Mounts = tls is null ? [] : [new ContainerMount("/tls", tls, true)],
        Folder = Path.GetTempPath(),
        Address = address ?? new IPAddress([127, (byte)Random.Shared.Next(2, 250), (byte)Random.Shared.Next(2, 250), (byte)Random.Shared.Next(2, 250)]),
        Resolve = _ => null,
        Log = _ => { },
    };

    /// <summary>Installs, approves and commits the chaincode and starts its server with TLS.</summary>
    private static async Task<IRunningContainer> DeployAsync(TestNetwork network, string image, string? serves = null)
    {
        var address = Launch(image, []).Address;
        var tls = Directory.CreateTempSubdirectory("baas-chaincode-").FullName;
        using var certificate = network.One.IssueTls("chaincode", address);
        TestOrganization.WriteTls(tls, certificate, network.One.TlsRootPem);
        var connection = JsonSerializer.Serialize(new { address = $"{address}:7052", dial_timeout = "10s", tls_required = true, root_cert = network.One.TlsRootPem });
        var package = new InstallChaincodeArgs { ChaincodeInstallPackage = ByteString.CopyFrom(Package("asset_1.0", connection)) };
        foreach (var (peer, admin) in new[] { (network.PeerOne, network.One.Admin), (network.PeerTwo, network.Two.Admin) })
        {
            Assert.Equal(200, (await AskAsync(peer, admin, string.Empty, "_lifecycle", "InstallChaincode", package)).Status);
        }

        var id = $"asset_1.0:{Convert.ToHexStringLower(SHA256.HashData(package.ChaincodeInstallPackage.Span))}";
        await ApproveAsync(network, network.PeerOne, network.One.Admin, 1, Approval(1, id));
        await ApproveAsync(network, network.PeerTwo, network.Two.Admin, 2, Approval(1, id));
        await VerdictAtAsync(network, network.PeerOne, 2);
        var (commit, transaction) = await EndorseAsync([network.PeerOne, network.PeerTwo], network.One.Admin, "CommitChaincodeDefinition", new CommitChaincodeDefinitionArgs { Name = "asset", Version = "1.0", Sequence = 1 });
        await network.BroadcastAsync(network.Orderers[0], commit);
        Assert.Equal(TxValidationCode.Valid, await VerdictAsync(network.PeerOne, network.One.Admin, 3, transaction));
        await VerdictAtAsync(network, network.PeerTwo, 3);

        var environment = new Dictionary<string, string>
        {
            ["CHAINCODE_SERVER_ADDRESS"] = "0.0.0.0:7052",
            ["CHAINCODE_ID"] = serves ?? id,
            ["CHAINCODE_TLS_DISABLED"] = "false",
            ["CHAINCODE_TLS_KEY"] = "/tls/tls.key",
            ["CHAINCODE_TLS_CERT"] = "/tls/tls.crt",
        };
        var container = await network.Runtime.StartAsync(Launch(image, environment, address, tls), CancellationToken.None);
        Directory.Delete(tls, recursive: true);
        return container;
    }

    private static async Task<(EvaluateResponse? Response, int Status, string Detail)> EvaluateAsync(TestNetwork network, TestIdentity user, params string[] args)
    {
        using var grpc = network.PeerOne.Grpc();
        var request = new EvaluateRequest { ChannelId = Channel, ProposedTransaction = TestPeer.Proposal(Channel, "asset", user, true, [.. args.Select(ByteString.CopyFromUtf8)]) };
        var (answers, status, detail) = await grpc.CallAsync("/gateway.Gateway/Evaluate", request, EvaluateResponse.Parser);
        return (answers.FirstOrDefault(), status, detail);
    }

    private static async Task<(TxValidationCode Code, ulong Block)> SubmitAsync(TestNetwork network, TestIdentity user, params string[] args)
    {
        using var grpc = network.PeerOne.Grpc();
        var proposal = TestPeer.Proposal(Channel, "asset", user, true, [.. args.Select(ByteString.CopyFromUtf8)]);
        var (endorsed, status, detail) = await grpc.CallAsync("/gateway.Gateway/Endorse", new EndorseRequest { ChannelId = Channel, ProposedTransaction = proposal }, EndorseResponse.Parser);
        Assert.True(status == 0, detail);
        var transaction = endorsed[0].PreparedTransaction;
        transaction.Signature = user.Sign(transaction.Payload.Span);
        (_, status, detail) = await grpc.CallAsync("/gateway.Gateway/Submit", new SubmitRequest { ChannelId = Channel, PreparedTransaction = transaction }, SubmitResponse.Parser);
        Assert.True(status == 0, detail);
        var header = ChannelHeader.Parser.ParseFrom(Payload.Parser.ParseFrom(transaction.Payload).Header.ChannelHeader);
        var question = new CommitStatusRequest { ChannelId = Channel, TransactionId = header.TxId, Identity = user.Serialized }.ToByteString();
        var (committed, _, _) = await grpc.CallAsync("/gateway.Gateway/CommitStatus", new SignedCommitStatusRequest { Request = question, Signature = user.Sign(question.Span) }, CommitStatusResponse.Parser);
        return (committed[0].Result, committed[0].BlockNumber);
    }
}
