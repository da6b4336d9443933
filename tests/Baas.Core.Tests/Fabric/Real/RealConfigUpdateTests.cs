using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Baas.Core.Tests.Fabric.Channels;
using Baas.Testing;
using Baas.Testing.Fabric;
using Google.Protobuf;

namespace Baas.Core.Tests.Fabric.Real;

/// <summary>Fabric's own configtxlator computes the same updates of the same configurations.</summary>
public sealed class RealConfigUpdateTests : IDisposable
{
    private static readonly Config Raft = TestChannels.GoldenConfig;
    private static readonly Config Bft = new() { ChannelGroup = ChannelConfigs.Of(TestChannels.Golden with { Consensus = Consensus.Bft, Ordering = TestChannels.Organization("OrdererMSP") }) };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FabricBinariesFact]
    public Task Compute_NewOrganization_IsTheUpdateOfConfigtxlator() =>
        CompareAsync(Raft, ConfigEdits.PutOrganization(Raft, TestChannels.Organization("Org1MSP", 7051) with { MspId = MspId.Parse("Org3MSP") }));

    [FabricBinariesFact]
    public Task Compute_RemovedOrganization_IsTheUpdateOfConfigtxlator() => CompareAsync(Raft, ConfigEdits.RemoveOrganization(Raft, "Org2MSP"));

    [FabricBinariesFact]
    public Task Compute_NewRaftConsenter_IsTheUpdateOfConfigtxlator() => CompareAsync(Raft, ConfigEdits.PutConsenter(Raft, "OrdererOrg", TestChannels.Consenter(1, 17080)));

    [BftFact]
    public Task Compute_NewBftConsenter_IsTheUpdateOfConfigtxlator() => CompareAsync(Bft, ConfigEdits.PutConsenter(Bft, "OrdererMSP", TestChannels.Consenter(1, 17080)));

    [FabricBinariesFact]
    public Task Compute_OtherCapabilitiesAndNoAnchors_IsTheUpdateOfConfigtxlator() =>
        CompareAsync(Raft, ConfigEdits.SetAnchorPeers(ConfigEdits.SetCapabilities(Raft, new("V3_0", "V2_0", "V2_0")), "Org1MSP", []));

    private async Task CompareAsync(Config original, Config updated)
    {
        await File.WriteAllBytesAsync(_folder.In("original.pb"), original.ToByteArray());
        await File.WriteAllBytesAsync(_folder.In("updated.pb"), updated.ToByteArray());
        await FabricBinaries.RunAsync(
            "configtxlator",
            new Dictionary<string, string>(),
            "compute_update", "--channel_id", "mychannel", "--original", _folder.In("original.pb"), "--updated", _folder.In("updated.pb"), "--output", _folder.In("update.pb"));

        var theirs = ConfigUpdate.Parser.ParseFrom(await File.ReadAllBytesAsync(_folder.In("update.pb")));

        Assert.Equal(theirs, ConfigUpdates.Compute(ChannelName.Parse("mychannel"), original, updated));
    }
}
