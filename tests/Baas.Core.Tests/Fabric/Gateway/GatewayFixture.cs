using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Identities;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Fabric.Gateway;

/// <summary>Two gateways and a client of both, which asks the first one first.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(1));

    private GatewayFixture(TestGateway first, TestGateway second, GatewayDeadlines deadlines, TimeProvider clock)
    {
        (First, Second) = (first, second);
        var (certificate, key) = _authority.Issue("client", "client");
        Signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), certificate, key);
        Certificate = certificate;
        Client = Connect(deadlines, clock);
    }

    /// <summary>Deadlines that pass only when something is wrong.</summary>
    public static GatewayDeadlines Patient { get; } = new()
    {
        Evaluate = TimeSpan.FromMinutes(1),
        Endorse = TimeSpan.FromMinutes(1),
        Submit = TimeSpan.FromMinutes(1),
        Resubmit = TimeSpan.FromMinutes(1),
    };

    public TestGateway First { get; }

    public TestGateway Second { get; }

    public EcdsaSigner Signer { get; }

    public string Certificate { get; }

    public GatewayClient Client { get; }

    public GatewayChaincode Asset => AssetOf(Client);

    public CancellationToken Soon => _stop.Token;

    public static async Task<GatewayFixture> StartAsync(GatewayDeadlines? deadlines = null, TimeProvider? clock = null) =>
        new(await TestGateway.StartAsync(), await TestGateway.StartAsync(), deadlines ?? Patient, clock ?? TimeProvider.System);

    public static GatewayChaincode AssetOf(GatewayClient client) => client.Channel("main").Chaincode("asset");

    /// <summary>Another client of the same gateways; the caller disposes of it.</summary>
    public GatewayClient Connect(GatewayDeadlines deadlines, TimeProvider clock) =>
        GatewayClient.Connect(new GatewayOptions { Signer = Signer, Peers = [First.Peer, Second.Peer], Deadlines = deadlines, Clock = clock });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Signer.Dispose();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        _authority.Dispose();
        _stop.Dispose();
    }
}
