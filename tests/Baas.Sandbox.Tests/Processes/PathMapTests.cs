using System.Net;
using Baas.Sandbox.Pods;
using Baas.Sandbox.Processes;

namespace Baas.Sandbox.Tests.Processes;

public sealed class PathMapTests
{
    private static readonly PathMap Map = new(
    [
        new ContainerMount("/etc/baas", "/host/identity", true),
        new ContainerMount("/var/data", "/host/claim", false),
        new ContainerMount("/var/data/inner", "/host/inner", false),
        new ContainerMount("/tmp/", "/host/tmp", false),
        new ContainerMount("/tmp", "/host/hidden", false),
    ]);

    [Theory]
    [InlineData("/etc/baas/tls/ca.crt", "/host/identity/tls/ca.crt")]
    [InlineData("/etc/baas", "/host/identity")]
    [InlineData("[/etc/baas/a.crt, /etc/baas/b.crt]", "[/host/identity/a.crt, /host/identity/b.crt]")]
    [InlineData("/var/data/inner/x", "/host/inner/x")]
    [InlineData("/var/data/innermost", "/host/claim/innermost")]
    [InlineData("path: /tmp\nother: 1", "path: /host/tmp\nother: 1")]
    public void Apply_MountedPath_IsRewritten(string text, string expected) => Assert.Equal(expected, Map.Apply(text));

    [Theory]
    [InlineData("/etc/baasics")]
    [InlineData("/var/tmp/x")]
    [InlineData("/usr/etc/baas")]
    [InlineData("/tmpfs")]
    [InlineData("0.0.0.0:7051")]
    [InlineData("asset_1.0:0fcaf8a471065564")]
    public void Apply_OtherText_StaysAsItIs(string text) => Assert.Equal(text, Map.Apply(text));

    [Fact]
    public void Apply_NoMounts_ChangesNothing() => Assert.Equal("/tmp", new PathMap([]).Apply("/tmp"));

    [Theory]
    [InlineData("0.0.0.0", "127.9.9.9")]
    [InlineData("0.0.0.0:7051", "127.9.9.9:7051")]
    [InlineData("127.0.0.1:9443", "127.9.9.9:9443")]
    [InlineData("localhost:5984", "127.9.9.9:5984")]
    [InlineData("couch.space.svc:5984", "127.1.2.3:5984")]
    [InlineData("127.0.0.11:53", "127.0.0.11:53")]
    [InlineData("unknown.svc:1", "unknown.svc:1")]
    [InlineData("localhost", "localhost")]
    [InlineData("v1.0.0.0.0", "v1.0.0.0.0")]
    public void Value_OfAddresses_LeadsToThePod(string text, string expected)
    {
        var addresses = new NodeAddresses(IPAddress.Parse("127.9.9.9"), name => name == "couch.space.svc" ? IPAddress.Parse("127.1.2.3") : null);

        Assert.Equal(expected, addresses.Value(text));
    }
}
