using Baas.Core.Fabric.Ordering;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Tests.Fabric.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Baas.Core.Tests.Fabric.Ordering;

public sealed class ChannelParticipationTests : IDisposable
{
    private const string Status = """{"name":"mychannel","url":"/participation/v1/channels/mychannel","consensusRelation":"consenter","status":"active","height":3}""";
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");
    private static readonly byte[] Block = GoldenFiles.Read("raft", "genesis.block");

    private readonly FabricConnections _connections = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly TestAuthority _clients = new("clients");
    private readonly List<string> _requests = [];

    public void Dispose()
    {
        _connections.Dispose();
        _stop.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task JoinAsync_Orderer_GetsTheBlockAsTheOnlyFile()
    {
        byte[]? sent = null;
        string? shown = null;
        await using var node = await StartAsync(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            var file = Assert.Single(form.Files);
            Assert.Empty(form.Keys);
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            (sent, shown) = (content.ToArray(), context.Connection.ClientCertificate?.Subject);
            Assert.Equal("config-block", file.Name);
            await AnswerAsync(context, 201, Status);
        });

        var status = await Participation(node).JoinAsync(Channel, Block, _stop.Token);

        Assert.Equal(new ParticipationStatus(Channel, "consenter", "active", 3), status);
        Assert.True(status.IsActiveConsenter);
        Assert.Equal(Block, sent);
        Assert.Equal("CN=admin", shown);
        Assert.Equal(["POST /participation/v1/channels"], _requests);
    }

    [Fact]
    public async Task JoinAsync_AlreadyThere_LooksAndSucceeds()
    {
        await using var node = await StartAsync(context => context.Request.Method == "POST"
            ? AnswerAsync(context, 405, """{"error":"cannot join: channel already exists"}""")
            : AnswerAsync(context, 200, Status));

        var status = await Participation(node).JoinAsync(Channel, Block, _stop.Token);

        Assert.Equal(3UL, status.Height);
        Assert.Equal(["POST /participation/v1/channels", "GET /participation/v1/channels/mychannel"], _requests);
    }

    [Fact]
    public async Task JoinAsync_NotAllowedAndNotThere_IsRefused()
    {
        await using var node = await StartAsync(context => context.Request.Method == "POST"
            ? AnswerAsync(context, 405, """{"error":"invalid request method: POST"}""")
            : AnswerAsync(context, 404, """{"error":"channel does not exist"}"""));

        var refusal = await Assert.ThrowsAsync<ParticipationRefusedException>(() => Participation(node).JoinAsync(Channel, Block, _stop.Token));

        Assert.Equal((405, "invalid request method: POST", false), (refusal.Status, refusal.Reason, refusal.IsTransient));
    }

    [Theory]
    [InlineData(400, """{"error":"cannot join: bad block"}""", "cannot join: bad block", false)]
    [InlineData(403, """{"error":"cannot join: app channels already exist"}""", "cannot join: app channels already exist", false)]
    [InlineData(409, """{"error":"cannot join: channel pending removal"}""", "cannot join: channel pending removal", true)]
    [InlineData(500, """{"error":"cannot join: channel removal failure"}""", "cannot join: channel removal failure", false)]
    [InlineData(503, """{"error":"channel participation API is disabled"}""", "channel participation API is disabled", false)]
    [InlineData(503, "upstream\nis starting", "upstream is starting", true)]
    [InlineData(502, "", "", true)]
    [InlineData(200, "{}", "", false)]
    [InlineData(201, "{}", "the answer is not that of a channel participation API", false)]
    [InlineData(201, "no JSON", "the answer is not that of a channel participation API", false)]
    [InlineData(201, """{"name":null,"consensusRelation":"","status":"","height":0}""", "", false)]
    public async Task JoinAsync_OtherAnswers_AreRefusals(int status, string body, string reason, bool transient)
    {
        await using var node = await StartAsync(context => AnswerAsync(context, status, body));

        var refusal = await Assert.ThrowsAsync<ParticipationRefusedException>(() => Participation(node).JoinAsync(Channel, Block, _stop.Token));

        Assert.Equal((status, transient), (refusal.Status, refusal.IsTransient));
        Assert.StartsWith(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JoinAsync_TornConnection_IsUnreachable()
    {
        await using var node = await StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<NodeUnreachableException>(() => Participation(node).JoinAsync(Channel, Block, _stop.Token));

        Assert.True(failure.IsTransient);
    }

    [Theory]
    [InlineData("""{"systemChannel":null,"channels":null}""", "")]
    [InlineData("""{"systemChannel":null,"channels":[{"name":"a","url":"/x"},{"name":"b","url":"/y"}]}""", "a b")]
    public async Task ListAsync_Answer_GivesTheNames(string body, string names)
    {
        await using var node = await StartAsync(context => AnswerAsync(context, 200, body));

        Assert.Equal(names, string.Join(' ', await Participation(node).ListAsync(_stop.Token)));
    }

    [Fact]
    public async Task FindAsync_NoSuchChannel_GivesNull()
    {
        await using var node = await StartAsync(context => AnswerAsync(context, 404, """{"error":"channel does not exist"}"""));

        Assert.Null(await Participation(node).FindAsync(Channel, _stop.Token));
    }

    [Fact]
    public async Task FindAsync_SomebodyElseSaysNotFound_IsNotAbsence()
    {
        await using var node = await StartAsync(context => AnswerAsync(context, 404, "404 page not found"));

        await Assert.ThrowsAsync<ParticipationRefusedException>(() => Participation(node).FindAsync(Channel, _stop.Token));
        await Assert.ThrowsAsync<ParticipationRefusedException>(() => Participation(node).RemoveAsync(Channel, _stop.Token));
    }

    [Theory]
    [InlineData("onboarding", "consenter")]
    [InlineData("active", "follower")]
    [InlineData("failed", "consenter")]
    public async Task FindAsync_NotYet_IsNoActiveConsenter(string status, string relation)
    {
        await using var node = await StartAsync(context =>
            AnswerAsync(context, 200, $$"""{"name":"mychannel","url":"","consensusRelation":"{{relation}}","status":"{{status}}","height":1}"""));

        Assert.False((await Participation(node).FindAsync(Channel, _stop.Token))!.IsActiveConsenter);
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(404, """{"error":"cannot remove: channel does not exist"}""")]
    public async Task RemoveAsync_GoneOrAbsent_Succeeds(int status, string body)
    {
        await using var node = await StartAsync(context => AnswerAsync(context, status, body));

        await Participation(node).RemoveAsync(Channel, _stop.Token);

        Assert.Equal(["DELETE /participation/v1/channels/mychannel"], _requests);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(405, false)]
    [InlineData(409, true)]
    public async Task RemoveAsync_OtherAnswers_AreRefusals(int status, bool transient)
    {
        await using var node = await StartAsync(context => AnswerAsync(context, status, """{"error":"cannot remove"}"""));

        var refusal = await Assert.ThrowsAsync<ParticipationRefusedException>(() => Participation(node).RemoveAsync(Channel, _stop.Token));

        Assert.Equal(transient, refusal.IsTransient);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        if (body.Length > 0)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        }
    }

    private Task<TestNode> StartAsync(RequestDelegate handle) => TestNode.StartAsync(
        context =>
        {
            _requests.Add($"{context.Request.Method} {context.Request.Path}");
            return handle(context);
        },
        clients: _clients,
        protocols: HttpProtocols.Http1);

    private ChannelParticipation Participation(TestNode node)
    {
        var (certificate, key) = _clients.Issue("admin");
        return new ChannelParticipation(_connections.To(node.Endpoint(), node.Tls with { Client = new ClientCertificate(certificate, key) }));
    }
}
