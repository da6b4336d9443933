using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Orderer.EtcdRaft;
using Baas.Core.Networks;
using Google.Protobuf;
using BftConsenter = Baas.Core.Fabric.Protos.Common.Consenter;
using BftOptions = Baas.Core.Fabric.Protos.Orderer.SmartBft.Options;
using RaftConsenter = Baas.Core.Fabric.Protos.Orderer.EtcdRaft.Consenter;
using RaftOptions = Baas.Core.Fabric.Protos.Orderer.EtcdRaft.Options;

namespace Baas.Core.Fabric.Channels;

/// <summary>What a configuration says of how orderers agree. Options are those that Fabric's own tools put in when told nothing.</summary>
internal static class ConsensusSettings
{
    /// <summary>The consensus type of raft.</summary>
    public const string Raft = "etcdraft";

    /// <summary>The consensus type of BFT.</summary>
    public const string Bft = "BFT";

    /// <summary>The value <c>ConsensusType</c> for raft.</summary>
    public static ConsensusType OfRaft(IEnumerable<ChannelConsenter> consenters) =>
        OfRaft(new ConfigMetadata { Consenters = { consenters.Select(RaftConsenter) }, Options = RaftOptions() });

    /// <summary>The value <c>ConsensusType</c> for raft with given consenters and options.</summary>
    public static ConsensusType OfRaft(ConfigMetadata metadata) => new() { Type = Raft, Metadata = metadata.ToByteString() };

    /// <summary>The value <c>ConsensusType</c> for BFT.</summary>
    public static ConsensusType OfBft(BatchSpec batch) => new() { Type = Bft, Metadata = BftOptions(batch).ToByteString() };

    /// <summary>An orderer among raft's consenters.</summary>
    public static RaftConsenter RaftConsenter(ChannelConsenter consenter) => new()
    {
        Host = consenter.Address.Host,
        Port = (uint)consenter.Address.Port,
        ClientTlsCert = ByteString.CopyFromUtf8(consenter.TlsCertificate),
        ServerTlsCert = ByteString.CopyFromUtf8(consenter.TlsCertificate),
    };

    /// <summary>An orderer among BFT's consenters.</summary>
    /// <param name="consenter">The orderer.</param>
    /// <param name="id">Its number, from 1; never given to another one.</param>
    public static BftConsenter BftConsenter(ChannelConsenter consenter, uint id) => new()
    {
        Id = id,
        Host = consenter.Address.Host,
        Port = (uint)consenter.Address.Port,
        MspId = consenter.MspId.Value,
        Identity = ByteString.CopyFromUtf8(consenter.SigningCertificate),
        ClientTlsCert = ByteString.CopyFromUtf8(consenter.TlsCertificate),
        ServerTlsCert = ByteString.CopyFromUtf8(consenter.TlsCertificate),
    };

    /// <summary>
    /// Who has to sign a block under BFT: a quorum of the consenters, each by its own certificate (common/policies/bft.go). It has to be kept in
    /// step with the consenters.
    /// </summary>
    public static Policy BftBlockValidation(IReadOnlyList<BftConsenter> consenters)
    {
        var signatures = new SignaturePolicyEnvelope { Rule = new SignaturePolicy { NOutOf = new SignaturePolicy.Types.NOutOf { N = BftSizes.Quorum(consenters.Count) } } };
        for (var index = 0; index < consenters.Count; index++)
        {
            var identity = new SerializedIdentity { Mspid = consenters[index].MspId, IdBytes = consenters[index].Identity };
            signatures.Rule.NOutOf.Rules.Add(new SignaturePolicy { SignedBy = index });
            signatures.Identities.Add(
                new MSPPrincipal { PrincipalClassification = MSPPrincipal.Types.Classification.Identity, Principal = identity.ToByteString() });
        }

        return ConfigElements.Policy(signatures);
    }

    private static RaftOptions RaftOptions() => new()
    {
        TickInterval = "500ms",
        ElectionTick = 10,
        HeartbeatTick = 1,
        MaxInflightBlocks = 5,
        SnapshotIntervalSize = 16 * 1024 * 1024,
    };

    // RequestMaxBytes, left out, becomes the size of a batch; leader rotation, left out, is off (orderer/consensus/smartbft/util).
    private static BftOptions BftOptions(BatchSpec batch) => new()
    {
        RequestBatchMaxCount = (ulong)batch.MaxMessages,
        RequestBatchMaxBytes = (ulong)batch.AbsoluteMaxBytes,
        RequestBatchMaxInterval = GoDuration.Of(TimeSpan.FromMilliseconds(50)),
        IncomingMessageBufferSize = 200,
        RequestPoolSize = 400,
        RequestForwardTimeout = GoDuration.Of(TimeSpan.FromSeconds(2)),
        RequestComplainTimeout = GoDuration.Of(TimeSpan.FromSeconds(20)),
        RequestAutoRemoveTimeout = GoDuration.Of(TimeSpan.FromMinutes(3)),
        ViewChangeResendInterval = GoDuration.Of(TimeSpan.FromSeconds(5)),
        ViewChangeTimeout = GoDuration.Of(TimeSpan.FromSeconds(20)),
        LeaderHeartbeatTimeout = GoDuration.Of(TimeSpan.FromMinutes(1)),
        LeaderHeartbeatCount = 10,
        CollectTimeout = GoDuration.Of(TimeSpan.FromSeconds(1)),
    };
}
