using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Identities;
using Baas.Core.Networks;
using Baas.Testing;

namespace Baas.Core.Tests.Fabric.Real;

/// <summary>An organization with certificates and MSP folders that Fabric's own programs read.</summary>
internal sealed class RealOrganization : IDisposable
{
    private const string NodeOUs = """
        NodeOUs:
          Enable: true
          ClientOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: client }
          PeerOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: peer }
          AdminOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: admin }
          OrdererOUIdentifier: { Certificate: cacerts/ca.pem, OrganizationalUnitIdentifier: orderer }
        """;

    private readonly TestFolder _folder;
    private readonly TestAuthority _signing;

    public RealOrganization(TestFolder folder, string mspId)
    {
        _folder = folder;
        _signing = new TestAuthority($"ca.{mspId}");
        Tls = new TestAuthority($"tlsca.{mspId}");
        MspId = MspId.Parse(mspId);
        MspFolder = WriteMsp(folder.In(mspId, "msp"));
    }

    public MspId MspId { get; }

    public TestAuthority Tls { get; }

    public string MspFolder { get; }

    public ChannelOrganization Public => new() { MspId = MspId, Roots = [_signing.Pem], TlsRoots = [Tls.Pem] };

    public EcdsaSigner Administrator()
    {
        var (certificate, key) = _signing.Issue("admin", "admin");
        return EcdsaSigner.FromPem(MspId, certificate, key);
    }

    /// <summary>Writes what a node needs: msp/ and tls/.</summary>
    /// <returns>The node's signing certificate and its TLS certificate.</returns>
    public (string Signing, string Tls) WriteNode(string node, string unit)
    {
        var signing = _signing.Issue(node, unit);
        var tls = Tls.Issue(node, null, "127.0.0.1", node);
        var folder = _folder.In($"{MspId}", node);
        var msp = WriteMsp(Path.Combine(folder, "msp"));
        Write(Path.Combine(msp, "signcerts", "cert.pem"), signing.Certificate);
        Write(Path.Combine(msp, "keystore", "key.pem"), signing.Key);
        Write(Path.Combine(folder, "tls", "cert.pem"), tls.Certificate);
        Write(Path.Combine(folder, "tls", "key.pem"), tls.Key);
        Write(Path.Combine(folder, "tls", "ca.pem"), Tls.Pem);
        return (signing.Certificate, tls.Certificate);
    }

    public void Dispose()
    {
        _signing.Dispose();
        Tls.Dispose();
    }

    private string WriteMsp(string folder)
    {
        Write(Path.Combine(folder, "cacerts", "ca.pem"), _signing.Pem);
        Write(Path.Combine(folder, "tlscacerts", "tlsca.pem"), Tls.Pem);
        Write(Path.Combine(folder, "config.yaml"), NodeOUs);
        return folder;
    }

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
