using Baas.Core.Networks;
using Baas.Core.Tests.Workflows;

namespace Baas.Core.Tests.Operations.Upgrades;

public sealed class FabricUpgradesTests
{
    [Theory]
    [InlineData("3.1.1", "3.1.5")]
    [InlineData("3.1.9", "3.1.10")]
    [InlineData("2.5.4", "2.5.16")]
    [InlineData("2.5.16", "3.1.5")]
    public void RefusalOf_SupportedPath_IsNone(string from, string to) => Assert.Null(Refusal(from, to));

    [Theory]
    [InlineData("3.1.5", "3.1.5", "already")]
    [InlineData("3.1.5", "3.1.1", "older")]
    [InlineData("3.1.10", "3.1.9", "older")]
    [InlineData("3.1.5", "2.5.16", "older")]
    [InlineData("3.1.5", "4.0.0", "not known")]
    [InlineData("2.5.16", "3.0.0", "not known")]
    [InlineData("2.2.20", "2.5.16", "in one step")]
    [InlineData("2.2.20", "3.1.5", "in one step")]
    [InlineData("2.2.1", "2.2.20", "not known")]
    public void RefusalOf_UnsupportedPath_SaysWhy(string from, string to, string why) => Assert.Contains(why, Refusal(from, to), StringComparison.Ordinal);

    [Fact]
    public void Upgraded_OfAChannelWithoutCapabilities_KeepsThoseThatItHas()
    {
        var spec = TestInputs.TwoOrganizations with { FabricVersion = FabricVersion.Parse("2.5.16") };
        var had = FabricReleases.CapabilitiesOf(spec.Channels[0], spec.FabricVersion);

        var upgraded = FabricUpgrades.Upgraded(spec, FabricVersion.Parse("3.1.5"));

        Assert.Equal("3.1.5", upgraded.FabricVersion.Value);
        Assert.Equal(had, FabricReleases.CapabilitiesOf(upgraded.Channels[0], upgraded.FabricVersion));
    }

    [Fact]
    public void Upgraded_WithinALine_ChangesNothingElse()
    {
        var spec = TestInputs.TwoOrganizations with { FabricVersion = FabricVersion.Parse("3.1.1") };

        Assert.Equal(spec.Channels, FabricUpgrades.Upgraded(spec, FabricVersion.Parse("3.1.5")).Channels);
    }

    [Theory]
    [InlineData("2.5.16", "3.1.5", null, "V3_0 V2_0 V2_5")]
    [InlineData("2.5.4", "2.5.16", null, "V2_0 V2_0 V2_5")]
    [InlineData("3.1.1", "3.1.5", "V2_0 V2_0 V2_0", "V3_0 V2_0 V2_5")]
    [InlineData("3.1.1", "3.1.5", "V3_0 V2_0 V2_5", "V3_0 V2_0 V2_5")]
    public void Raised_EachGroup_IsTheHigherOfBoth(string from, string to, string? has, string raised) =>
        Assert.Equal(Levels(raised), FabricUpgrades.Raised(ChannelWith(has), FabricVersion.Parse(from), FabricVersion.Parse(to)));

    [Theory]
    [InlineData("3.1.1", "2.5.16", "V3_0 V2_0 V2_5", "V3_0")]
    [InlineData("3.1.1", "2.5.16", null, "V3_0")] // the default of its line
    [InlineData("3.1.1", "2.5.16", "V2_0 V2_0 V2_5", null)]
    [InlineData("2.5.16", "3.1.5", null, null)]
    public void LacksCapability_NodesBelowTheLevel_AreNamed(string from, string to, string? has, string? lacks)
    {
        var lack = FabricUpgrades.LacksCapability(ChannelWith(has), FabricVersion.Parse(from), FabricVersion.Parse(to));

        Assert.Equal(lacks is null, lack is null);
        Assert.Contains(lacks ?? "", lack ?? "", StringComparison.Ordinal);
    }

    private static ChannelSpec ChannelWith(string? levels) => TestInputs.TwoOrganizations.Channels[0] with { Capabilities = levels is null ? null : Levels(levels) };

    private static ChannelCapabilities Levels(string levels) => levels.Split(' ') is [var channel, var orderer, var application] ? new(channel, orderer, application) : throw new FormatException(levels);

    private static string? Refusal(string from, string to) => FabricUpgrades.RefusalOf(FabricVersion.Parse(from), FabricVersion.Parse(to));
}
