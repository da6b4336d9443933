using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Baas.Core.Fabric.Chaincodes;
using Baas.Testing.Fabric;

namespace Baas.Core.Tests.Fabric.Chaincodes;

public sealed class ChaincodePackageTests
{
    private static readonly ChaincodeConnection Connection = new("basic.org1.example:9999", "-----BEGIN CERTIFICATE-----\nMAA+\n-----END CERTIFICATE-----\n");

    [Fact]
    public void Read_PackageOfThePeerCommand_HasItsId()
    {
        var package = ChaincodePackage.Read(File.ReadAllBytes(Golden("basic.tar.gz")));

        Assert.Equal(File.ReadAllText(Golden("package-id.txt")).Trim(), package.Id);
        Assert.Equal("basic_1.0", package.Label);
        Assert.Equal("ccaas", package.Type);
        Assert.Equal(new ChaincodeConnection("127.0.0.1:17900", null), package.Connection);
    }

    [Fact]
    public void OfService_SameArguments_SameIdAlways()
    {
        var package = ChaincodePackage.OfService("basic_1.0", Connection);

        // A recorded id: when it changes, installed packages of the same content get another one.
        Assert.Equal("basic_1.0:4b0c1634b32180579563bfa857431c556bc249bd4e5e2eae32d26cb902422622", package.Id);
        Assert.NotEqual(package.Id, ChaincodePackage.OfService("basic_1.0", Connection with { Address = "other:9999" }).Id);
    }

    [FabricBinariesFact]
    public async Task OfService_JudgedByThePeerCommand_HasTheSameId()
    {
        var package = ChaincodePackage.OfService("basic_1.0", Connection);
        var folder = Directory.CreateTempSubdirectory("baas-package-");
        try
        {
            var file = Path.Combine(folder.FullName, "basic.tar.gz");
            await File.WriteAllBytesAsync(file, package.Content.ToArray());
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "core.yaml"), "peer:\n  id: none\n");

            var id = await FabricBinaries.RunAsync(
                "peer", new Dictionary<string, string> { ["FABRIC_CFG_PATH"] = folder.FullName }, "lifecycle", "chaincode", "calculatepackageid", file);

            Assert.Equal(id, package.Id);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void OfService_ReadAgain_IsTheSame()
    {
        var package = ChaincodePackage.OfService("basic_1.0", Connection);

        var read = ChaincodePackage.Read(package.Content);

        Assert.Equal(package.Id, read.Id);
        Assert.Equal(Connection, read.Connection);
    }

    [Fact]
    public void OfService_WithTls_SaysWhatTheBuilderWants()
    {
        var files = Unpack(ChaincodePackage.OfService("basic_1.0", Connection).Content);
        var json = JsonDocument.Parse(Unpack(files["code.tar.gz"])["connection.json"]).RootElement;

        Assert.Equal("""{"path":"","type":"ccaas","label":"basic_1.0"}""", Encoding.UTF8.GetString(files["metadata.json"]));
        Assert.Equal(Connection.Address, json.GetProperty("address").GetString());
        Assert.Equal("10s", json.GetProperty("dial_timeout").GetString());
        Assert.True(json.GetProperty("tls_required").GetBoolean());
        Assert.False(json.GetProperty("client_auth_required").GetBoolean());
        Assert.Equal(Connection.RootCertificatePem, json.GetProperty("root_cert").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("_1")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a/b")]
    public void OfService_LabelThatPeersRefuse_Throws(string label) =>
        Assert.Throws<ChaincodePackageException>(() => ChaincodePackage.OfService(label, Connection));

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "no gzip", "plain text"u8.ToArray() },
        { "no tar", Gzip("plain text"u8.ToArray()) },
        { "nothing in it", TarGzip.Write([]) },
        { "no code", TarGzip.Write([new("metadata.json", "{}"u8.ToArray())]) },
        { "no metadata", TarGzip.Write([new("code.tar.gz", [])]) },
        { "metadata is no object", TarGzip.Write([new("metadata.json", "[]"u8.ToArray()), new("code.tar.gz", [])]) },
        { "no label", TarGzip.Write([new("metadata.json", """{"type":"ccaas"}"""u8.ToArray()), new("code.tar.gz", [])]) },
        { "no connection", Service(TarGzip.Write([])) },
        { "no address", Service("""{"dial_timeout":"10s"}""") },
        { "no dial time-out", Service("""{"address":"a:1"}""") },
        { "TLS without a root", Service("""{"address":"a:1","dial_timeout":"10s","tls_required":true}""") },
        { "a link", WithLink() },
        { "cut off", ChaincodePackage.OfService("basic_1.0", Connection).Content[..900].ToArray() },
        { "bomb", Gzip(new byte[64 << 20]) },
        { "bomb in a file", TarGzip.Write([new("metadata.json", """{"type":"ccaas","label":"a"}"""u8.ToArray()), new("code.tar.gz", Gzip(new byte[16 << 20]))]) },
        { "many files", TarGzip.Write([.. Enumerable.Range(0, 65).Select(i => new KeyValuePair<string, byte[]>($"f{i}", []))]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_NoPackage_Throws(string what, byte[] content)
    {
        var failure = Assert.Throws<ChaincodePackageException>(() => ChaincodePackage.Read(content));

        Assert.True(failure.Code == "invalid-chaincode-package", what);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void StoredGzip_AnyLength_UnpacksToTheSame(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);

        using var gzip = new GZipStream(new MemoryStream(StoredGzip.Write(content)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);

        Assert.Equal(content, unpacked.ToArray());
    }

    private static string Golden(string file) => Path.Combine(AppContext.BaseDirectory, "Golden", "chaincode", file);

    private static byte[] Service(string connection) => Service(TarGzip.Write([new("connection.json", Encoding.UTF8.GetBytes(connection))]));

    private static byte[] Service(byte[] code) =>
        TarGzip.Write([new("metadata.json", """{"type":"ccaas","label":"a"}"""u8.ToArray()), new("code.tar.gz", code)]);

    private static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    private static byte[] WithLink()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "metadata.json") { LinkName = "/etc/hostname" });
        }

        return Gzip(tar.ToArray());
    }

    private static Dictionary<string, byte[]> Unpack(ReadOnlyMemory<byte> archive)
    {
        Dictionary<string, byte[]> files = [];
        using var gzip = new GZipStream(new MemoryStream(archive.ToArray()), CompressionMode.Decompress);
        using var reader = new TarReader(gzip);
        while (reader.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }

        return files;
    }
}
