using System.Security.Cryptography;
using Baas.Core.Keys;
using Baas.Core.Networks;
using Baas.Core.Tests.Pki;
using Baas.Testing;
using FsCheck.Fluent;

namespace Baas.Core.Tests.Keys;

public sealed class Ed25519KeyTests
{
    // The example of RFC 8410, 10.3 and 10.1.
    private const string Example = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    private const string PublicHalf = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void Sign_VectorsOfRfc8032_AreMet(string seed, string message, string signature)
    {
        using var key = Ed25519Key.Read(PemOf(seed));

        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
    }

    [Fact]
    public void Read_ExampleOfRfc8410_IsWrittenAgainAsItWas()
    {
        using var key = PrivateKeys.Read(Example);

        Assert.Equal(Example, key.ToPem());
        Assert.Equal(PublicHalf, Convert.ToBase64String(key.PublicKeyInfo));
        Assert.Equal("1.3.101.112", key.SignatureAlgorithm);
    }

    [Fact]
    public void Create_Twice_DiffersAndCanBeReadAgain()
    {
        using var one = PrivateKeys.Create(KeyAlgorithm.Ed25519);
        using var other = PrivateKeys.Create(KeyAlgorithm.Ed25519);
        using var again = PrivateKeys.Read(one.ToPem());

        Assert.NotEqual(one.PublicKeyInfo, other.PublicKeyInfo);
        Assert.Equal(one.PublicKeyInfo, again.PublicKeyInfo);
    }

    [Fact]
    public void Dispose_Key_IsNotUsedAnyMore()
    {
        var key = Ed25519Key.Create();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign("a proposal"u8));
        Assert.Throws<ObjectDisposedException>(key.ToPem);
    }

    [Theory]
    [InlineData("MC4CAQAwBQYDK2VwBCIEIA==")] // ends in the middle
    [InlineData("MBcCAQAwBQYDK2VwBAsECQAAAAAAAAAAAA==")] // nine bytes
    [InlineData("MAoCAQAwBQYDK2VwBQA=")] // no content
    public void Read_BrokenKey_IsRefused(string content) =>
        Assert.Throws<CryptographicException>(() => PrivateKeys.Read($"-----BEGIN PRIVATE KEY-----\n{content}\n-----END PRIVATE KEY-----\n").Dispose());

    [Fact]
    public void Read_KeyOfAnotherKind_IsNotTakenForOne()
    {
        using var ecdsa = PrivateKeys.Create(KeyAlgorithm.P256);
        using var rsa = RSA.Create(2048);

        Assert.False(Ed25519Key.IsIn(ecdsa.ToPem()));
        Assert.False(Ed25519Key.IsIn("no PEM"));
        Assert.Throws<CryptographicException>(() => Ed25519Key.Read(ecdsa.ToPem()));
        Assert.Throws<CryptographicException>(() => PrivateKeys.Read(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => PrivateKeys.Read("no PEM"));
    }

    [OpenSslFact]
    public async Task Sign_AnyKeyAndMessage_OpenSslAgrees()
    {
        using var folder = new TestFolder();
        foreach (var message in Gen.Sample(ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes.Length > 0), 200, 12)) // openssl refuses to look at nothing
        {
            using var key = Ed25519Key.Create();
            await File.WriteAllTextAsync(folder.In("key.pem"), key.ToPem());
            await File.WriteAllBytesAsync(folder.In("message"), message);
            await File.WriteAllBytesAsync(folder.In("signature"), key.Sign(message));
            Assert.Equal(0, (await VerifyAsync(folder)).Code);

            await File.WriteAllBytesAsync(folder.In("message"), [.. message, 0]);
            Assert.NotEqual(0, (await VerifyAsync(folder)).Code);
        }
    }

    private static Task<(int Code, string Output)> VerifyAsync(TestFolder folder) =>
        OpenSsl.RunAsync(folder.Path, "pkeyutl", "-verify", "-rawin", "-inkey", "key.pem", "-in", "message", "-sigfile", "signature");

    private static string PemOf(string seed) => PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString("302e020100300506032b657004220420" + seed));
}
