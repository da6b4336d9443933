using Baas.Core.Networks;

namespace Baas.Core.Tests.Networks;

public sealed class NodeEndpointTests
{
    private const string Former = "peer-1.acme-former-org1.svc";
    private const string Now = "peer-1.acme-copy-org1.svc";

    [Theory]
    [InlineData(Former, Now, "10.0.0.7", true)]
    [InlineData(Now, Now, "10.0.0.7", false)] // it is where it was
    [InlineData("10.1.1.1", Now, "10.0.0.7", false)] // an address that it would have to take over
    [InlineData(Former, "10.1.1.1", "10.0.0.7", false)]
    [InlineData(Former, Now, null, false)]
    public void KnownAs_NamesOfNamespacesAlone_KeepTheFormerNameForTheNetwork(string former, string now, string? address, bool isMoved)
    {
        var endpoint = EndpointAt(now).KnownAs(EndpointAt(former), address);

        Assert.Equal(
            isMoved ? ($"{Former}:7051", Now, Now, new HostAlias("10.0.0.7", Former)) : ($"{now}:7051", now, null, null),
            (endpoint.Address, endpoint.Reached, endpoint.Dial, endpoint.Alias));
    }

    private static NodeEndpoint EndpointAt(string host) => new(NodeReference.Peer(OrganizationName.Parse("org1"), 1), NodeRole.Peer, host, 7051, null, null);
}
