using Baas.Core.Pki;
using YamlDotNet.RepresentationModel;

namespace Baas.Core.Tests.Pki;

public sealed class MspFolderTests
{
    [Fact]
    public void For_SelfSigned_HoldsWhatFabricLooksFor()
    {
        var files = MspFolder.For(new MspContent { Roots = ["root\n"], TlsRoots = ["tls\n"], Certificate = "certificate\n", PrivateKey = "key\n" });

        Assert.Equal(["cacerts/ca-1.pem", "config.yaml", "keystore/priv_sk", "signcerts/cert.pem", "tlscacerts/tlsca-1.pem"], files.Keys);
        Assert.Equal("root\n", files["cacerts/ca-1.pem"]);
        Assert.Equal("key\n", files["keystore/priv_sk"]);
    }

    [Fact]
    public void For_Intermediates_NamesTheIssuingOne()
    {
        var files = MspFolder.For(new MspContent
        {
            Roots = ["root\n"],
            Intermediates = ["issuing\n", "upper\n"],
            TlsRoots = ["tls\n"],
            TlsIntermediates = ["tls below\n"],
            RevocationLists = ["list\n"],
        });

        Assert.Equal(
            ["cacerts/ca-1.pem", "config.yaml", "crls/crl-1.pem", "intermediatecerts/ca-1.pem", "intermediatecerts/ca-2.pem", "tlscacerts/tlsca-1.pem", "tlsintermediatecerts/tlsca-1.pem"],
            files.Keys);
        Assert.Equal("issuing\n", files["intermediatecerts/ca-1.pem"]);
        Assert.All(Units(files["config.yaml"]), unit => Assert.Equal("intermediatecerts/ca-1.pem", unit.Certificate));
    }

    [Fact]
    public void For_Any_TellsTheFourRolesApart()
    {
        var units = Units(MspFolder.For(new MspContent { Roots = ["root\n"] })["config.yaml"]);

        Assert.Equal(
            [("ClientOUIdentifier", "cacerts/ca-1.pem", "client"), ("PeerOUIdentifier", "cacerts/ca-1.pem", "peer"), ("AdminOUIdentifier", "cacerts/ca-1.pem", "admin"), ("OrdererOUIdentifier", "cacerts/ca-1.pem", "orderer")],
            units);
    }

    private static List<(string Key, string Certificate, string Unit)> Units(string config)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(config));
        var units = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["NodeOUs"];
        Assert.Equal("true", (string?)units["Enable"]);
        return [.. units.Children.Where(child => child.Value is YamlMappingNode)
            .Select(child => ((string)child.Key!, (string)child.Value["Certificate"]!, (string)child.Value["OrganizationalUnitIdentifier"]!))];
    }
}
