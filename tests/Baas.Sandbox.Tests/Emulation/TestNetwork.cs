using System.Net;
using System.Net.Http.Headers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Sandbox.Emulation;
using Google.Protobuf;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>An ordering organization, two members, and their nodes in a folder of their own.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    public const string Channel = "trade";

    private readonly string _folder = Directory.CreateTempSubdirectory("baas-nodes-").FullName;

    public TestNetwork(int orderers = 1, bool bft = false, string timeout = "20ms", uint maxMessages = 10)
    {
        Orderers = [.. Enumerable.Range(0, orderers).Select(index => new TestNode(Ordering, $"orderer{index}", true, _folder))];
        Config = TestChannel.Config(Ordering, [One, Two], Orderers, bft, timeout, maxMessages);
        Genesis = TestChannel.Genesis(Channel, Config);
        PeerOne = new TestNode(One, "peer1", false, _folder);
        PeerTwo = new TestNode(Two, "peer2", false, _folder);
    }

    public EmulatedRuntime Runtime { get; } = new(TimeProvider.System);

    public TestOrganization Ordering { get; } = new("OrdererMSP");

    public TestOrganization One { get; } = new("OneMSP");

    public TestOrganization Two { get; } = new("TwoMSP");

    public IReadOnlyList<TestNode> Orderers { get; }

    public TestNode PeerOne { get; }

    public TestNode PeerTwo { get; }

    public ConfigGroup Config { get; }

    public Block Genesis { get; }

    public async Task<TestNetwork> StartOrderersAsync()
    {
        await Task.WhenAll(Orderers.Select(node => node.StartAsync(Runtime)));
        return this;
    }

    public async Task<TestNetwork> StartChannelAsync()
    {
        await StartOrderersAsync();
        foreach (var orderer in Orderers)
        {
            Assert.Equal(HttpStatusCode.Created, (await JoinAsync(orderer, Genesis)).Status);
        }

        return this;
    }

    public async Task<(HttpStatusCode Status, string Body, string Allow)> JoinAsync(TestNode orderer, IMessage block, string key = "config-block")
    {
        using var http = orderer.Http(9443, orderer.Tls);
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(block.ToByteArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, key, "config.block");
        using var answer = await http.PostAsync(new Uri("/participation/v1/channels", UriKind.Relative), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), string.Join(", ", answer.Content.Headers.Allow));
    }

    public async Task<(HttpStatusCode Status, string Body)> AdminAsync(TestNode orderer, HttpMethod method, string path)
    {
        using var http = orderer.Http(9443, orderer.Tls);
        using var request = new HttpRequestMessage(method, new Uri($"/participation/v1/channels{path}", UriKind.Relative));
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<BroadcastResponse> BroadcastAsync(TestNode orderer, Envelope envelope)
    {
        using var grpc = orderer.Grpc();
        var (answers, status, detail) = await grpc.CallAsync("/orderer.AtomicBroadcast/Broadcast", envelope, BroadcastResponse.Parser);
        Assert.True(status == 0, detail);
        return Assert.Single(answers);
    }

    /// <summary>Reads blocks up to and with a number, waiting for it; the last answer is the status.</summary>
    public async Task<(List<Block> Blocks, Status Status)> ReadAsync(TestNode orderer, ulong last, TestIdentity? reader = null, bool wait = true, bool lowS = true)
    {
        var seek = new SeekInfo
        {
            Start = new SeekPosition { Oldest = new SeekOldest() },
            Stop = new SeekPosition { Specified = new SeekSpecified { Number = last } },
            Behavior = wait ? SeekInfo.Types.SeekBehavior.BlockUntilReady : SeekInfo.Types.SeekBehavior.FailIfNotReady,
        };
        using var grpc = orderer.Grpc();
        var (answers, _, _) = await grpc.CallAsync("/orderer.AtomicBroadcast/Deliver", TestChannel.Envelope(HeaderType.DeliverSeekInfo, Channel, seek, reader ?? One.Admin, lowS), DeliverResponse.Parser);
        return ([.. answers.Where(answer => answer.Block is not null).Select(answer => answer.Block)], answers[^1].Status);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Orderers.Append(PeerOne).Append(PeerTwo))
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
