using Baas.Core.Networks.Documents;

namespace Baas.Core.Tests.Networks;

public sealed class SpecReaderTests
{
    [Theory]
    [InlineData("{", "$", "malformed-document")]
    [InlineData("", "$", "malformed-document")]
    [InlineData("""{"name":"a"} x""", "$", "malformed-document")]
    [InlineData("""{"name":"\ud800"}""", "$", "malformed-document")]
    [InlineData("null", "$", "wrong-type")]
    [InlineData("[]", "$", "wrong-type")]
    [InlineData("""{"name":"a","name":"b"}""", "$.name", "duplicate-property")]
    [InlineData("""{"na'me":1}""", @"$['na\'me']", "unknown-property")]
    [InlineData("""{"":1}""", "$['']", "unknown-property")]
    [InlineData("""{"name":7}""", "$.name", "wrong-type")]
    [InlineData("""{"name":"No Name"}""", "$.name", "malformed-name")]
    [InlineData("""{"fabricVersion":"three"}""", "$.fabricVersion", "malformed-name")]
    [InlineData("""{"ordering":{"consensus":"kafka"}}""", "$.ordering.consensus", "unknown-value")]
    [InlineData("""{"ordering":{"nodes":0}}""", "$.ordering.nodes", "out-of-range")]
    [InlineData("""{"ordering":{"nodes":1.5}}""", "$.ordering.nodes", "wrong-type")]
    [InlineData("""{"ordering":{"nodes":99999999999999999999}}""", "$.ordering.nodes", "wrong-type")]
    [InlineData("""{"ordering":{"batch":{"timeout":"soon"}}}""", "$.ordering.batch.timeout", "malformed-value")]
    [InlineData("""{"ordering":{"resources":null}}""", "$.ordering.resources", "wrong-type")]
    [InlineData("""{"organizations":[{"peers":true}]}""", "$.organizations[0].peers", "wrong-type")]
    [InlineData("""{"organizations":[null]}""", "$.organizations[0]", "wrong-type")]
    [InlineData("""{"chaincodes":[{"image":"Not An Image"}]}""", "$.chaincodes[0].image", "malformed-value")]
    [InlineData("{}", "$.name", "missing-property")]
    public void Read_BadJson_NamesPlaceAndCode(string text, string path, string code) => AssertFinds(text, SpecFormat.Json, path, code);

    [Theory]
    [InlineData("name: [", "$", "malformed-document")]
    [InlineData("a: &x 1\nb: *x", "$", "malformed-document")]
    [InlineData("a: !!int 1", "$", "malformed-document")]
    [InlineData("!<> x", "$", "malformed-document")]
    [InlineData("a: 1\n---\nb: 2", "$", "malformed-document")]
    [InlineData("? [a]\n: b", "$", "malformed-document")]
    [InlineData("", "$", "wrong-type")]
    [InlineData("# nothing but a comment", "$", "wrong-type")]
    [InlineData("name: a\nname: b", "$.name", "duplicate-property")]
    [InlineData("name: {a: 1}", "$.name", "wrong-type")]
    [InlineData("ordering: {nodes: many}", "$.ordering.nodes", "wrong-type")]
    [InlineData("ordering: {nodes: '3'}", "$.ordering.nodes", "wrong-type")]
    public void Read_BadYaml_NamesPlaceAndCode(string text, string path, string code) => AssertFinds(text, SpecFormat.Yaml, path, code);

    [Theory]
    [InlineData(SpecFormat.Json)]
    [InlineData(SpecFormat.Yaml)]
    public void Read_TooDeep_IsRefused(SpecFormat format) => AssertFinds(new string('[', 10_000), format, "$", "malformed-document");

    [Fact]
    public void Read_TooLarge_IsRefusedUnread()
    {
        var reading = SpecReader.Read("é" + new string(' ', 99), SpecFormat.Yaml, 100);

        Assert.Equal(("$", "document-too-large"), (Assert.Single(reading.Violations).Path, reading.Violations[0].Code));
    }

    [Fact]
    public void Read_ManyViolations_ShowsTheFirstAndSaysSo()
    {
        var text = $"[{string.Join(',', Enumerable.Repeat("null", 5000))}]";

        var violations = SpecReader.Read($$"""{"organizations":{{text}}}""", SpecFormat.Json, 64 * 1024).Violations;

        Assert.Equal(201, violations.Count);
        Assert.Equal("too-many-violations", violations[^1].Code);
    }

    [Fact]
    public void Read_PlainYamlScalars_AreTextsWhereTextsAreWanted()
    {
        var spec = TestSpecs.With("{ name: asset, channel: main, image: asset }", "{ name: 007, channel: main, image: asset, version: 1.0, initRequired: true }");

        Assert.Equal(("007", "1.0", true), (spec.Chaincodes[0].Name.Value, spec.Chaincodes[0].Version.Value, spec.Chaincodes[0].InitRequired));
    }

    [Fact]
    public void Read_ByteOrderMarkAndNulls_AreAccepted()
    {
        var spec = TestSpecs.Read("\uFEFF" + TestSpecs.Yaml.Replace("peers: 2 }", "peers: 2, mspId: null, cluster: ~ }", StringComparison.Ordinal));

        Assert.Equal(SpecWriter.Canonical(TestSpecs.Network), SpecWriter.Canonical(spec));
    }

    [Fact]
    public void Read_Derived_IsFilledIn()
    {
        Assert.Equal(["Org1MSP", "Org2MSP"], TestSpecs.Network.Organizations.Select(organization => organization.MspId.Value));
        Assert.Equal(["org1", "org2"], TestSpecs.Network.Channels[0].Organizations.Select(name => name.Value));
    }

    private static void AssertFinds(string text, SpecFormat format, string path, string code)
    {
        var reading = SpecReader.Read(text, format, 64 * 1024);

        Assert.False(reading.IsValid);
        Assert.Contains((path, code), reading.Violations.Select(violation => (violation.Path, violation.Code)));
    }
}
