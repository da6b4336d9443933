using System.Formats.Asn1;
using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Orderer;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static Baas.Core.Fabric.Protos.Msp.MSPRole.Types;
using RaftMetadata = Baas.Core.Fabric.Protos.Orderer.EtcdRaft;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>Genesis blocks and configuration made by hand from messages.</summary>
internal static class TestChannel
{
    public static ConfigGroup Config(TestOrganization orderer, IReadOnlyList<TestOrganization> members, IReadOnlyList<TestNode> consenters, bool bft = false, string timeout = "20ms", uint maxMessages = 10)
    {
        var root = Group("Admins");
        Set(root, "Capabilities", Capability("V3_0"));
        AddMeta(root, "Readers", ImplicitMetaPolicy.Types.Rule.Any);
        AddMeta(root, "Writers", ImplicitMetaPolicy.Types.Rule.Any);
        AddMeta(root, "Admins", ImplicitMetaPolicy.Types.Rule.Majority);
        root.Groups["Application"] = Application(members);
        root.Groups["Orderer"] = Orderer(orderer, consenters, bft, timeout, maxMessages);
        return root;
    }

    public static Block Genesis(string channel, ConfigGroup config)
    {
        var header = new Header
        {
            ChannelHeader = new ChannelHeader { Type = (int)HeaderType.Config, ChannelId = channel, Timestamp = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow) }.ToByteString(),
            SignatureHeader = new SignatureHeader().ToByteString(),
        };
        var payload = new Payload { Header = header, Data = new ConfigEnvelope { Config = new Config { ChannelGroup = config } }.ToByteString() };
        var data = new BlockData { Data = { new Envelope { Payload = payload.ToByteString() }.ToByteString() } };
        var signatures = new Metadata { Value = new OrdererBlockMetadata { LastConfig = new LastConfig() }.ToByteString() };
        return new Block
        {
            Header = new BlockHeader { DataHash = ByteString.CopyFrom(SHA256.HashData(data.Data[0].Span)) },
            Data = data,
            Metadata = new BlockMetadata { Metadata = { signatures.ToByteString(), ByteString.Empty, ByteString.Empty, ByteString.Empty, ByteString.Empty } },
        };
    }

    public static byte[] Hash(BlockHeader header)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(header.Number);
            writer.WriteOctetString(header.PreviousHash.Span);
            writer.WriteOctetString(header.DataHash.Span);
        }

        return SHA256.HashData(writer.Encode());
    }

    public static Envelope Envelope(HeaderType type, string channel, IMessage data, TestIdentity signer, bool lowS = true)
    {
        var payload = new Payload
        {
            Header = new Header
            {
                ChannelHeader = new ChannelHeader { Type = (int)type, ChannelId = channel, Timestamp = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow) }.ToByteString(),
                SignatureHeader = signer.Header().ToByteString(),
            },
            Data = data.ToByteString(),
        }.ToByteString();
        return new Envelope { Payload = payload, Signature = signer.Sign(payload.Span, lowS) };
    }

    /// <summary>An update that gives the batch size another value.</summary>
    public static Envelope UpdateBatchSize(string channel, ConfigGroup current, uint maxMessages, ulong version, TestIdentity sender, params TestIdentity[] signers)
    {
        var readOrderer = new ConfigGroup { Version = current.Groups["Orderer"].Version };
        var writeOrderer = readOrderer.Clone();
        var size = BatchSize.Parser.ParseFrom(current.Groups["Orderer"].Values["BatchSize"].Value);
        size.MaxMessageCount = maxMessages;
        writeOrderer.Values["BatchSize"] = new ConfigValue { Version = version, ModPolicy = "Admins", Value = size.ToByteString() };
        var update = new ConfigUpdate
        {
            ChannelId = channel,
            ReadSet = new ConfigGroup { Version = current.Version, Groups = { ["Orderer"] = readOrderer } },
            WriteSet = new ConfigGroup { Version = current.Version, Groups = { ["Orderer"] = writeOrderer } },
        }.ToByteString();
        var envelope = new ConfigUpdateEnvelope { ConfigUpdate = update };
        foreach (var signer in signers)
        {
            var header = signer.Header().ToByteString();
            envelope.Signatures.Add(new ConfigSignature { SignatureHeader = header, Signature = signer.Sign([.. header.Span, .. update.Span]) });
        }

        return Envelope(HeaderType.ConfigUpdate, channel, envelope, sender);
    }

    public static SignaturePolicyEnvelope AnyOf(string mspId, params MSPRoleType[] roles) => new()
    {
        Identities = { roles.Select(role => new MSPPrincipal { Principal = new MSPRole { MspIdentifier = mspId, Role = role }.ToByteString() }) },
        Rule = new SignaturePolicy { NOutOf = new SignaturePolicy.Types.NOutOf { N = 1, Rules = { roles.Select((_, index) => new SignaturePolicy { SignedBy = index }) } } },
    };

    private static ConfigGroup Application(IReadOnlyList<TestOrganization> members)
    {
        var group = Group("Admins");
        Set(group, "Capabilities", Capability("V2_5"));
        AddMeta(group, "Readers", ImplicitMetaPolicy.Types.Rule.Any);
        AddMeta(group, "Writers", ImplicitMetaPolicy.Types.Rule.Any);
        AddMeta(group, "Admins", ImplicitMetaPolicy.Types.Rule.Majority);
        AddMeta(group, "Endorsement", ImplicitMetaPolicy.Types.Rule.Majority);
        AddMeta(group, "LifecycleEndorsement", ImplicitMetaPolicy.Types.Rule.Majority, "Endorsement");
        foreach (var member in members)
        {
            var organization = Organization(member);
            AddSignature(organization, "Readers", AnyOf(member.MspId, MSPRoleType.Admin, MSPRoleType.Peer, MSPRoleType.Client));
            AddSignature(organization, "Writers", AnyOf(member.MspId, MSPRoleType.Admin, MSPRoleType.Client));
            AddSignature(organization, "Endorsement", AnyOf(member.MspId, MSPRoleType.Peer));
            group.Groups[member.MspId] = organization;
        }

        return group;
    }

    private static ConfigGroup Orderer(TestOrganization orderer, IReadOnlyList<TestNode> consenters, bool bft, string timeout, uint maxMessages)
    {
        var group = Group("Admins");
        Set(group, "Capabilities", Capability("V2_0"));
        Set(group, "BatchSize", new BatchSize { MaxMessageCount = maxMessages, AbsoluteMaxBytes = 100_000, PreferredMaxBytes = 50_000 });
        Set(group, "BatchTimeout", new BatchTimeout { Timeout = timeout });
        AddMeta(group, "Readers", ImplicitMetaPolicy.Types.Rule.Any);
        AddMeta(group, "Writers", ImplicitMetaPolicy.Types.Rule.Any);
        AddMeta(group, "Admins", ImplicitMetaPolicy.Types.Rule.Majority);
        var organization = Organization(orderer);
        AddSignature(organization, "Readers", AnyOf(orderer.MspId, MSPRoleType.Member));
        AddSignature(organization, "Writers", AnyOf(orderer.MspId, MSPRoleType.Member));
        Set(organization, "Endpoints", new OrdererAddresses { Addresses = { consenters.Select(node => $"{node.Address}:7050") } });
        group.Groups[orderer.MspId] = organization;
        if (bft)
        {
            AddBft(group, orderer, consenters);
        }
        else
        {
            AddMeta(group, "BlockValidation", ImplicitMetaPolicy.Types.Rule.Any, "Writers");
            var metadata = new RaftMetadata.ConfigMetadata { Options = new RaftMetadata.Options { TickInterval = "500ms" } };
            metadata.Consenters.Add(consenters.Select(node => new RaftMetadata.Consenter { Host = node.Address.ToString(), Port = 7050, ClientTlsCert = node.TlsPem, ServerTlsCert = node.TlsPem }));
            Set(group, "ConsensusType", new ConsensusType { Type = "etcdraft", Metadata = metadata.ToByteString() });
        }

        return group;
    }

    private static void AddBft(ConfigGroup group, TestOrganization orderer, IReadOnlyList<TestNode> consenters)
    {
        var mapping = consenters.Select((node, index) => new Consenter
        {
            Id = (uint)index + 1,
            Host = node.Address.ToString(),
            Port = 7050,
            MspId = orderer.MspId,
            Identity = ByteString.CopyFromUtf8(node.Identity.Certificate.ExportCertificatePem()),
            ClientTlsCert = node.TlsPem,
            ServerTlsCert = node.TlsPem,
        }).ToList();
        Set(group, "Orderers", new Orderers { ConsenterMapping = { mapping } });
        Set(group, "ConsensusType", new ConsensusType { Type = "BFT" });
        var policy = new SignaturePolicyEnvelope
        {
            Identities = { consenters.Select(node => new MSPPrincipal { PrincipalClassification = MSPPrincipal.Types.Classification.Identity, Principal = node.Identity.Serialized }) },
            Rule = new SignaturePolicy { NOutOf = new SignaturePolicy.Types.NOutOf { N = 3, Rules = { consenters.Select((_, index) => new SignaturePolicy { SignedBy = index }) } } },
        };
        AddSignature(group, "BlockValidation", policy);
    }

    private static ConfigGroup Organization(TestOrganization organization)
    {
        var group = Group("Admins");
        Set(group, "MSP", new MSPConfig { Config = organization.Msp().ToByteString() });
        AddSignature(group, "Admins", AnyOf(organization.MspId, MSPRoleType.Admin));
        return group;
    }

    private static ConfigGroup Group(string modPolicy) => new() { ModPolicy = modPolicy };

    private static Capabilities Capability(string name) => new() { Capabilities_ = { [name] = new Capability() } };

    private static void Set(ConfigGroup group, string key, IMessage value) => group.Values[key] = new ConfigValue { ModPolicy = "Admins", Value = value.ToByteString() };

    private static void AddMeta(ConfigGroup group, string name, ImplicitMetaPolicy.Types.Rule rule, string? sub = null) =>
        Add(group, name, Policy.Types.PolicyType.ImplicitMeta, new ImplicitMetaPolicy { Rule = rule, SubPolicy = sub ?? name });

    private static void AddSignature(ConfigGroup group, string name, SignaturePolicyEnvelope policy) => Add(group, name, Policy.Types.PolicyType.Signature, policy);

    private static void Add(ConfigGroup group, string name, Policy.Types.PolicyType type, IMessage value) =>
        group.Policies[name] = new ConfigPolicy { ModPolicy = "Admins", Policy = new Policy { Type = (int)type, Value = value.ToByteString() } };
}
