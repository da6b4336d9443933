using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Config = Baas.Core.Fabric.Protos.Common.Config;

namespace Baas.Core.Tests.Fabric.Channels;

public sealed class ConfigUpdatesTests
{
    private static readonly ChannelName Channel = ChannelName.Parse("mychannel");
    private static readonly string[] Names = ["a", "b", "c"];

    [Theory]
    [InlineData("add-anchor-peer")]
    [InlineData("batch-timeout")]
    public void Compute_GoldenConfigs_GivesTheUpdateOfConfigtxlator(string folder)
    {
        var update = ConfigUpdates.Compute(Channel, GoldenFiles.Config(folder, "original.pb"), GoldenFiles.Config(folder, "updated.pb"));

        Assert.Equal(ConfigUpdate.Parser.ParseFrom(GoldenFiles.Read("config-update", folder, "update.pb")), update);
    }

    [Fact]
    public void Compute_EditedConfigs_GivesTheUpdatesOfConfigtxlator()
    {
        var original = GoldenFiles.Config("add-anchor-peer", "original.pb");
        var anchors = ConfigEdits.SetAnchorPeers(original, "Org1MSP", [new("127.0.0.1", 17151), new("peer1.org1.ref.test", 7051)]);
        var batch = ConfigEdits.SetBatch(original, TestChannels.Golden.Batch with { Timeout = Duration.Parse("500ms") });

        Assert.Equal(ConfigUpdate.Parser.ParseFrom(GoldenFiles.Read("config-update", "add-anchor-peer", "update.pb")), ConfigUpdates.Compute(Channel, original, anchors));
        Assert.Equal(ConfigUpdate.Parser.ParseFrom(GoldenFiles.Read("config-update", "batch-timeout", "update.pb")), ConfigUpdates.Compute(Channel, original, batch));
    }

    [Fact]
    public void Compute_NoDifference_GivesNull() => Assert.Null(ConfigUpdates.Compute(Channel, TestChannels.GoldenConfig, TestChannels.GoldenConfig));

    [Fact]
    public void Compute_NewMember_NamesTheOthersAndRaisesTheGroup()
    {
        var original = TestChannels.GoldenConfig;
        var added = TestChannels.Organization("Org1MSP", 7051) with { MspId = MspId.Parse("Org3MSP") };

        var update = ConfigUpdates.Compute(Channel, original, ConfigEdits.PutOrganization(original, added))!;

        var (read, write) = (update.ReadSet.Groups["Application"], update.WriteSet.Groups["Application"]);
        Assert.Equal((0UL, 1UL), (read.Version, write.Version));
        Assert.Equal(["Org1MSP", "Org2MSP"], read.Groups.Keys);
        Assert.Equal(["Org1MSP", "Org2MSP", "Org3MSP"], write.Groups.Keys);
        Assert.Equal(new ConfigGroup(), write.Groups["Org1MSP"]);
        Assert.Equal(OrganizationGroups.Member(added), write.Groups["Org3MSP"]);
        Assert.Equal(["Admins", "Endorsement", "LifecycleEndorsement", "Readers", "Writers"], write.Policies.Keys);
        Assert.Equal(["Capabilities"], write.Values.Keys);
        Assert.Empty(update.WriteSet.Values);
    }

    [Fact]
    public void Apply_ComputedUpdate_GivesTheUpdatedConfig()
    {
        var property = Prop.ForAll(Arb.From(Trees(2).Two()), pair =>
        {
            var (original, updated) = (new Config { Sequence = 5, ChannelGroup = pair.Item1 }, new Config { ChannelGroup = pair.Item2 });
            var update = ConfigUpdates.Compute(Channel, original, updated);
            var applied = update is null ? original : ConfigUpdates.Apply(update, original);
            Assert.Equal(TestChannels.Flat(updated.ChannelGroup, versions: false), TestChannels.Flat(applied.ChannelGroup, versions: false));
            CheckVersions(original.ChannelGroup, applied.ChannelGroup);
            Assert.Null(ConfigUpdates.Compute(Channel, applied, updated));
        });

        Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(200), property);
    }

    // What orderers insist on (common/configtx/update.go): an element that is there changes with its next version, another one comes with version 0.
    private static void CheckVersions(ConfigGroup original, ConfigGroup applied)
    {
        foreach (var (path, element) in TestChannels.Flat(applied))
        {
            var before = TestChannels.Flat(original).GetValueOrDefault(path);
            if (before is null)
            {
                Assert.StartsWith("v0 ", element, StringComparison.Ordinal);
            }
            else if (before != element)
            {
                Assert.StartsWith($"v{int.Parse(before[1..before.IndexOf(' ')]) + 1} ", element, StringComparison.Ordinal);
            }
        }
    }

    private static Gen<ConfigGroup> Trees(int depth) =>
        from version in Gen.Choose(0, 3)
        from modPolicy in Gen.Elements("Admins", "/Channel/Admins")
        from values in Members(from content in Gen.Choose(0, 2) from at in Gen.Choose(0, 3) select new ConfigValue { Value = ByteString.CopyFrom((byte)content), Version = (ulong)at, ModPolicy = "Admins" })
        from policies in Members(from type in Gen.Choose(1, 3) from at in Gen.Choose(0, 3) select new ConfigPolicy { Policy = new Policy { Type = type }, Version = (ulong)at, ModPolicy = "Admins" })
        from groups in depth == 0 ? Gen.Constant(new Dictionary<string, ConfigGroup>()) : Members(Trees(depth - 1))
        select Group((ulong)version, modPolicy, values, policies, groups);

    private static Gen<Dictionary<string, T>> Members<T>(Gen<T> member) =>
        from names in Gen.SubListOf(Names)
        from members in member.ListOf(names.Count)
        select names.Zip(members).ToDictionary(pair => pair.First, pair => pair.Second);

    private static ConfigGroup Group(
        ulong version, string modPolicy, Dictionary<string, ConfigValue> values, Dictionary<string, ConfigPolicy> policies, Dictionary<string, ConfigGroup> groups) =>
        new() { Version = version, ModPolicy = modPolicy, Values = { values }, Policies = { policies }, Groups = { groups } };
}
