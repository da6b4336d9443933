using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Telemetry;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Telemetry;

public sealed class RedactionTests
{
    private const string Secret = "bXkgc2VjcmV0IGlzIGxvbmcgZW5vdWdo";

    [Theory]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\n" + Secret + "\n-----END EC PRIVATE KEY-----")]
    [InlineData("cut off: -----BEGIN PRIVATE KEY-----\n" + Secret)]
    [InlineData("Authorization: Bearer " + Secret)]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + Secret + ";EndpointSuffix=core.windows.net")]
    [InlineData("https://a.blob.core.windows.net/baas?sv=2024&sig=" + Secret + "&se=2030")]
    [InlineData("{\"status\":{\"token\": \"" + Secret + "\"}}")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9." + Secret + "." + Secret)]
    [InlineData("user=admin password=" + Secret)]
    public void Of_Secret_IsGone(string text)
    {
        var clean = Redaction.Of(text);

        Assert.DoesNotContain(Secret, clean, StringComparison.Ordinal);
        Assert.Contains(Redaction.Mark, clean, StringComparison.Ordinal);
        Assert.Equal(clean, Redaction.Of(clean));
    }

    [Fact]
    public async Task Of_OwnApiKey_KeepsItsId()
    {
        var issued = await new ApiKeys(new RecordStore(new MemoryBlobStore()), TimeProvider.System).CreateAsync(Role.Admin, null, "test", null, default);

        var clean = Redaction.Of($"refused {issued.Key}");

        Assert.DoesNotContain(issued.Key, clean, StringComparison.Ordinal);
        Assert.Contains(issued.Key.Split('_')[1], clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cannot join peer \"peer0.org1\" to channel \"main\": status 500: it is a member already")]
    [InlineData("cannot read secret \"baas-master-key\": denied; the token: it expired")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    public void Of_NoSecret_IsTheSame(string text) => Assert.Same(text, Redaction.Of(text));
}
