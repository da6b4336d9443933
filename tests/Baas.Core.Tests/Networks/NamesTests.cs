using System.Reflection;
using System.Text.Json;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Networks;

public sealed class NamesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData("abcdefghijklmnopqrst", true)]
    [InlineData("abcdefghijklmnopqrstu", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("A", false)]
    [InlineData("1a", false)]
    [InlineData("a-", false)]
    [InlineData("a_b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void NamesInNamespaces_AreLabelsThatFitTogether(string? text, bool accepted)
    {
        Assert.Equal(accepted, NetworkName.TryParse(text, null, out _));
        Assert.Equal(accepted, OrganizationName.TryParse(text, null, out _));
        Assert.Equal(accepted, TenantName.TryParse(text, null, out _));
        Assert.True(NetworkName.Rule.MaxLength + OrganizationName.Rule.MaxLength + TenantName.Rule.MaxLength + 2 <= 63);
    }

    [Theory]
    [InlineData("a.b-c", true)]
    [InlineData("Main", false)]
    [InlineData(".a", false)]
    public void ChannelName_IsFabrics(string text, bool accepted) => Assert.Equal(accepted, ChannelName.TryParse(text, null, out _));

    [Fact]
    public void ChannelName_HasFabricsLength()
    {
        Assert.True(ChannelName.TryParse(new string('a', 249), null, out _));
        Assert.False(ChannelName.TryParse(new string('a', 250), null, out _));
    }

    [Theory]
    [InlineData("asset_1-X", true)]
    [InlineData("_asset", false)]
    [InlineData("a--b", false)]
    public void ChaincodeName_IsFabrics(string text, bool accepted) => Assert.Equal(accepted, ChaincodeName.TryParse(text, null, out _));

    // The regular expressions go back when they fail: no rule may have many ways to read the same text.
    [Fact]
    public async Task Rules_TextsMadeToMislead_AreRefusedAtOnce()
    {
        var rules = typeof(NameRule).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(property => property.PropertyType == typeof(NameRule) && !property.DeclaringType!.ContainsGenericParameters)
            .Select(property => (NameRule)property.GetValue(null)!)
            .ToList();
        string[] pieces = ["a", "a-", "a.", "a_", "a__", "a/", "1", "1.", "a.a-", "-a", "1-1/"];
        Assert.True(rules.Count > 20);

        var refused = Task.Run(() => rules.SelectMany(rule => pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, rule.MaxLength))[..(rule.MaxLength - 1)] + '\u0001')
            .Where(text => rule.Accepts(text))).ToList());

        Assert.Empty(await refused.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Parse_Wrong_NamesTextAndRule()
    {
        var failure = Assert.Throws<FormatException>(() => NetworkName.Parse("No Name"));

        Assert.Contains("\"No Name\" is no network name", failure.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NetworkName>("\"No Name\"", NetworkJson.Options));
    }

    [Fact]
    public void MspId_OfDifferentNames_Differs() =>
        Assert.Equal(["Org1MSP", "O-rg1MSP", "OMSP"], new[] { "org1", "o-rg1", "o" }.Select(name => MspId.Of(OrganizationName.Parse(name)).Value));

    [Fact]
    public void ChaincodeNode_IsALabelAndDiffersForEachChannelAndName()
    {
        string[] names = ["asset", "Asset", "asset-x", "asset_x", new string('A', 50)];
        NodeReference[] nodes =
            [.. from name in names from channel in new[] { "main", "side" } select NodeReference.Chaincode(OrganizationName.Parse("org1"), ChannelName.Parse(channel), ChaincodeName.Parse(name))];

        Assert.Equal(nodes.Length, nodes.Distinct().Count());
        Assert.All(nodes, node => Assert.Matches("^cc-[a-z0-9-]+-[0-9a-f]{8}$", node.Node.Value));
    }

    [Theory]
    [InlineData("200ms", 0.2)]
    [InlineData("2s", 2)]
    [InlineData("10m", 600)]
    [InlineData("24h", 86_400)]
    [InlineData("365d", 31_536_000)]
    public void Duration_HasItsLength(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text).ToTimeSpan());

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("100m", "0.1")]
    [InlineData("1Ki", "1024")]
    [InlineData("1Ei", "1152921504606846976")]
    [InlineData("2e3", "2000")]
    [InlineData("5E-1", "0.5")]
    [InlineData("2E", "2000000000000000000")]
    [InlineData("999999999Ei", "1152921503453925471393153024")]
    public void Quantity_HasItsValue(string text, string expected)
    {
        Assert.True(Quantity.Rule.Accepts(text));
        Assert.Equal(decimal.Parse(expected), decimal.Round(Quantity.ValueOf(text), 6));
    }

    [Theory]
    [InlineData("asset", true)]
    [InlineData("registry.example:5000/team/asset:1.0", true)]
    [InlineData("asset@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("Asset", false)]
    [InlineData("asset:", false)]
    [InlineData("asset:1 0", false)]
    public void Image_IsAReference(string text, bool accepted) => Assert.Equal(accepted, TextRules.Image.Accepts(text));
}
