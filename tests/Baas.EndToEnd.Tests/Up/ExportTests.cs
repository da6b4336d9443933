using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace Baas.EndToEnd.Tests.Up;

[Collection(UpDefinition.Name)]
public sealed class ExportTests(ServedNetwork served)
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Network_IsListedAndShown()
    {
        var listed = (await served.GetJsonAsync("network", "list")).AsArray().Single(network => (string?)network!["name"] == ServedNetwork.Network)!;
        var shown = await served.GetAsync("network", "get", ServedNetwork.Network);
        var yaml = Yaml(await served.GetAsync("network", "get", ServedNetwork.Network, "--output", "yaml"));
        var operation = await served.GetJsonAsync("operation", "get", (string)listed["lastOperation"]!);

        Assert.Equal("ready", (string?)listed["state"]);
        Assert.All(new[] { "orderer-3", "peer-2", "Org2MSP", "#main", "asset 1.0" }, text => Assert.Contains(text, shown, StringComparison.Ordinal));
        Assert.Equal("two-orgs", Text(yaml, "specification", "name"));
        Assert.Equal(("succeeded", "createNetwork"), ((string?)operation["state"], (string?)operation["kind"]));
        var first = (await served.GetJsonAsync("operation", "list")).AsArray()[0]!;
        Assert.Equal(("createNetwork", ServedNetwork.Network), ((string?)first["kind"], (string?)first["network"]));
        Assert.Contains("create network", await served.GetAsync("operation", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_IsYamlWhoseNodesAnswerByTls()
    {
        var profile = Yaml(await served.GetAsync("profile", ServedNetwork.Network, "org1"));

        Assert.Equal("Org1MSP", Text(profile, "client", "organization"));
        var nodes = new[] { "orderers", "peers" }.SelectMany(kind => ((YamlMappingNode)profile[kind]).Children.Values).ToList();
        Assert.Equal(7, nodes.Count);
        foreach (var node in nodes)
        {
            var address = new Uri(Text(node, "url"));
            Assert.Equal("grpcs", address.Scheme);
            await ConnectAsync(address, Text(node, "grpcOptions", "ssl-target-name-override"), Text(node, "tlsCACerts", "pem"));
        }
    }

    [Fact]
    public async Task Identity_IsAnMspFolderForItsOwnerAlone()
    {
        var folder = served.In("org1-admin");
        Assert.Empty(await served.GetAsync("identity", ServedNetwork.Network, "org1", "admin", "--out", folder));

        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))];
        Assert.All(new[] { "msp/config.yaml", "tls/client.crt", "tls/client.key" }, file => Assert.Contains(file, files));
        Assert.All(new[] { "msp/cacerts/", "msp/tlscacerts/", "msp/signcerts/", "msp/keystore/" }, start => Assert.Single(files, file => file.StartsWith(start, StringComparison.Ordinal)));
        using var signer = X509Certificate2.CreateFromPemFile(
            Path.Combine(folder, files.Single(file => file.StartsWith("msp/signcerts/", StringComparison.Ordinal))),
            Path.Combine(folder, files.Single(file => file.StartsWith("msp/keystore/", StringComparison.Ordinal)))); // throws when the key is another one
        Assert.Contains("OU=admin", signer.Subject, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.All(files, file => Assert.Equal(ForOwner, File.GetUnixFileMode(Path.Combine(folder, file))));
            Assert.All(Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories), inner => Assert.Equal(ForOwner | UnixFileMode.UserExecute, File.GetUnixFileMode(inner)));
        }
    }

    [Fact]
    public async Task Topology_IsAPicture()
    {
        var file = served.In("two-orgs.svg");
        Assert.Empty(await served.GetAsync("topology", ServedNetwork.Network, "--out", file));

        var svg = XDocument.Load(file).Root!; // a document has one
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.All(new[] { "two-orgs", "org1", "org2", "orderer-1", "peer-2", "main" }, text => Assert.Contains(text, svg.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "foreignObject" or "image");
    }

    [Fact]
    public async Task SmallNetwork_IsMadeAndDeleted()
    {
        var file = served.Write("small.yaml", """
            name: small
            fabricVersion: 2.5.16
            ordering: { nodes: 1 }
            organizations: [{ name: org1, peers: 1 }]
            channels: [{ name: main }]
            """);

        await served.GetAsync("plan", "-f", file);
        await served.GetAsync("network", "create", "-f", file);
        var again = await served.RunAsync("network", "create", "-f", file);
        await served.GetAsync("network", "delete", "small");
        var gone = await served.RunAsync("network", "get", "small");

        Assert.Equal(6, again.ExitCode);
        Assert.Contains("(network-exists)", again.Error, StringComparison.Ordinal);
        Assert.Equal(5, gone.ExitCode);
    }

    private static async Task ConnectAsync(Uri address, string name, string roots)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, deadline.Token);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(roots);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = policy, ApplicationProtocols = [SslApplicationProtocol.Http2] }, deadline.Token);
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
    }

    private static YamlNode Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Assert.Single(stream.Documents).RootNode;
    }

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)path.Aggregate(node, (inner, name) => inner[name])).Value!; // the profile holds no nulls
}
