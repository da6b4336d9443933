using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Baas.Core.Fabric.Identities;
using Baas.Core.Keys;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Tests.Fabric.Identities;

public sealed class EcdsaSignerTests
{
    private static readonly byte[] Message = "a proposal"u8.ToArray();

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    public void Sign_ManyTimes_IsValidOverSha256AndAlwaysLowS(int bits)
    {
        using var key = ECDsa.Create(Curve(bits));
        using var signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), Certificate(key), key.ExportPkcs8PrivateKeyPem());
        var order = OrderOf(bits);

        for (var i = 0; i < 64; i++) // without the rule, the chance to pass would be 2^-64
        {
            var signature = signer.Sign(Message);

            Assert.True(key.VerifyData(Message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            Assert.True(ScalarS(signature) * 2 <= order);
        }
    }

    [Fact]
    public void ToDer_HighS_IsReplacedByItsComplement()
    {
        var order = OrderOf(256);
        var raw = new byte[64];
        raw[31] = 7; // r
        (order - 5).ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(raw, 32);

        Assert.Equal(5, ScalarS(LowS.For(256).ToDer(raw)));
    }

    [Theory]
    [InlineData("00", "01")]
    [InlineData("7f", "80")]
    [InlineData("ff00", "0100")]
    [InlineData("01ff80", "7fff")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8")]
    public void ToDer_AnyScalars_IsWhatAnAsnWriterWrites(string r, string s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(Convert.FromHexString(r), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(Convert.FromHexString(s), isUnsigned: true, isBigEndian: true));
        }

        Assert.Equal(writer.Encode(), LowS.For(256).ToDer(Convert.FromHexString(r.PadLeft(64, '0') + s.PadLeft(64, '0'))));
    }

    [Fact]
    public void FromPem_CurveThatFabricRefuses_Throws()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP521);

        Assert.Throws<CryptographicException>(() => EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), Certificate(key), key.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void Sign_FromManyThreads_AllValid()
    {
        using var key = ECDsa.Create(Curve(256));
        using var signer = EcdsaSigner.FromPem(MspId.Parse("Org1MSP"), Certificate(key), key.ExportPkcs8PrivateKeyPem());
        var messages = Enumerable.Range(0, 200).Select(BitConverter.GetBytes).ToList();

        var signatures = messages.AsParallel().AsOrdered().Select(message => signer.Sign(message)).ToList();

        Assert.All(messages.Zip(signatures), pair =>
            Assert.True(key.VerifyData(pair.First, pair.Second, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    [Fact]
    public void Serialize_ChainInPem_HoldsTheLeafAlone()
    {
        using var leaf = ECDsa.Create(Curve(256));
        using var other = ECDsa.Create(Curve(256));
        var identity = new Identity(MspId.Parse("Org1MSP"), "remarks\r\n" + Certificate(leaf).ReplaceLineEndings("\r\n") + "\r\n" + Certificate(other));

        var input = new CodedInputStream(identity.Serialize().ToArray());

        Assert.Equal(10u, input.ReadTag());
        Assert.Equal("Org1MSP", input.ReadString());
        Assert.Equal(18u, input.ReadTag());
        var pem = Encoding.ASCII.GetString(input.ReadBytes().ToByteArray());
        Assert.EndsWith("-----END CERTIFICATE-----\n", pem, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", pem, StringComparison.Ordinal);
        using var read = X509Certificate2.CreateFromPem(pem);
        Assert.Equal(leaf.ExportSubjectPublicKeyInfo(), read.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(pem.IndexOf("BEGIN", StringComparison.Ordinal), pem.LastIndexOf("BEGIN", StringComparison.Ordinal));
    }

    [Fact]
    public void Serialize_NoCertificate_Throws() =>
        Assert.Throws<ArgumentException>(() => new Identity(MspId.Parse("Org1MSP"), "nothing").Serialize());

    private static ECCurve Curve(int bits) => bits == 256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384;

    private static string Certificate(ECDsa key) =>
        new CertificateRequest("CN=admin", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1000)).ExportCertificatePem();

    private static BigInteger ScalarS(byte[] signature)
    {
        var sequence = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        sequence.ReadInteger();
        return sequence.ReadInteger();
    }

    // From SEC 2, not from the code under test.
    private static BigInteger OrderOf(int bits) => BigInteger.Parse(
        bits == 256
            ? "115792089210356248762697446949407573529996955224135760342422259061068512044369"
            : "39402006196394479212279040100143613805079739270465446667946905279627659399113263569398956308152294913554433653942643");
}
