using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Orderer.EtcdRaft;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>A channel's configuration, read and checked once.</summary>
internal sealed class ChannelConfig
{
    private static readonly string[] KnownCapabilities = ["V1_1", "V1_2", "V1_3", "V1_4_2", "V1_4_3", "V2_0", "V2_5", "V3_0"];

    private readonly Dictionary<string, Msp> _organizations = [];

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="EmulationException">Something is missing, malformed or contradictory.</exception>
    public ChannelConfig(string channel, Config config)
    {
        Channel = channel;
        Config = config;
        try
        {
            var root = config.ChannelGroup ?? throw Bad("no channel group");
            Application = root.Groups.GetValueOrDefault("Application") ?? throw Bad("must contain application config");
            Orderer = root.Groups.GetValueOrDefault("Orderer") ?? throw Bad("must contain orderer config");
            DemandCapabilities(root, Application, Orderer);
            var takesEd25519 = HasChannelLevel3(root);
            var organizations = Application.Groups.Concat(Orderer.Groups).ToList();
            foreach (var (name, group) in organizations)
            {
                _organizations.TryAdd(name, MspOf(group, name, takesEd25519));
            }

            Msps = new MspSet(_organizations.Values);
            OrdererMsps = new MspSet(Orderer.Groups.Keys.Select(name => _organizations[name]));
            Policies = new ChannelPolicies(root, Msps);
            ConsensusType = Value(Orderer, "ConsensusType", ConsensusType.Parser);
            BatchSize = Value(Orderer, "BatchSize", BatchSize.Parser);
            BatchTimeout = GoDuration.Parse(Value(Orderer, "BatchTimeout", Baas.Core.Fabric.Protos.Orderer.BatchTimeout.Parser).Timeout);
            Consenters = ReadConsenters();
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw Bad(failure.Message);
        }
    }

    /// <summary>The channel's name.</summary>
    public string Channel { get; }

    /// <summary>The message it was read from.</summary>
    public Config Config { get; }

    /// <summary>The group Application.</summary>
    public ConfigGroup Application { get; }

    /// <summary>The group Orderer.</summary>
    public ConfigGroup Orderer { get; }

    /// <summary>The MSPs of all organizations.</summary>
    public MspSet Msps { get; }

    /// <summary>The MSPs of the ordering organizations.</summary>
    public MspSet OrdererMsps { get; }

    /// <summary>The policies.</summary>
    public ChannelPolicies Policies { get; }

    /// <summary>The consensus and its metadata.</summary>
    public ConsensusType ConsensusType { get; }

    /// <summary>When a block is full.</summary>
    public BatchSize BatchSize { get; }

    /// <summary>How long a block waits to be full.</summary>
    public TimeSpan BatchTimeout { get; }

    /// <summary>The consenters; those of raft have neither number, MSP nor identity.</summary>
    public IReadOnlyList<Baas.Core.Fabric.Protos.Common.Consenter> Consenters { get; }

    /// <summary>Whether the consensus is BFT and not raft.</summary>
    public bool IsBft => ConsensusType.Type == "BFT";

    /// <summary>How many consenters have to be there for a block.</summary>
    public int Quorum => IsBft ? (int)Math.Ceiling((Consenters.Count + ((Consenters.Count - 1) / 3) + 1) / 2.0) : (Consenters.Count / 2) + 1;

    /// <summary>The MSP ids of the member organizations by the names of their groups.</summary>
    public IReadOnlyDictionary<string, string> Members => Application.Groups.Keys.ToDictionary(name => name, name => _organizations[name].Id, StringComparer.Ordinal);

    /// <summary>Where the channel's orderers are: host and port.</summary>
    public IReadOnlyList<string> OrdererEndpoints
    {
        get
        {
            var own = Orderer.Groups.Values.Where(group => group.Values.ContainsKey("Endpoints")).SelectMany(group => Value(group, "Endpoints", OrdererAddresses.Parser).Addresses).ToList();
            return own.Count > 0 || !Config.ChannelGroup.Values.ContainsKey("OrdererAddresses") ? own : Value(Config.ChannelGroup, "OrdererAddresses", OrdererAddresses.Parser).Addresses;
        }
    }

    /// <summary>The policy for a resource when the channel sets its own, else the given one.</summary>
    public string PolicyFor(string resource, string otherwise)
    {
        var own = Application.Values.ContainsKey("ACLs") ? Value(Application, "ACLs", ACLs.Parser).Acls.GetValueOrDefault(resource)?.PolicyRef : null;
        return own switch
        {
            null or "" => otherwise,
            _ when own.StartsWith('/') => own,
            _ => $"/Channel/Application/{own}",
        };
    }

    private static Msp MspOf(ConfigGroup group, string name, bool takesEd25519)
    {
        var config = Value(group, "MSP", MSPConfig.Parser);
        return config.Type == 0 ? new Msp(FabricMSPConfig.Parser.ParseFrom(config.Config), takesEd25519) : throw new EmulationException($"cannot read organization \"{name}\": MSP type {config.Type} is not emulated");
    }

    private static bool HasChannelLevel3(ConfigGroup root) =>
        root.Values.ContainsKey("Capabilities") && Value(root, "Capabilities", Capabilities.Parser).Capabilities_.ContainsKey("V3_0");

    private static T Value<T>(ConfigGroup group, string name, MessageParser<T> parser)
        where T : IMessage<T> =>
        group.Values.TryGetValue(name, out var value) ? parser.ParseFrom(value.Value) : throw new EmulationException($"cannot read channel configuration: value \"{name}\" is missing");

    private static void DemandCapabilities(params ConfigGroup[] groups)
    {
        foreach (var name in groups.Where(group => group.Values.ContainsKey("Capabilities")).SelectMany(group => Value(group, "Capabilities", Capabilities.Parser).Capabilities_.Keys))
        {
            if (!KnownCapabilities.Contains(name))
            {
                throw new EmulationException($"cannot read channel configuration: capability {name} is required but not supported");
            }
        }
    }

    private List<Baas.Core.Fabric.Protos.Common.Consenter> ReadConsenters()
    {
        switch (ConsensusType.Type)
        {
            case "etcdraft":
                return [.. ConfigMetadata.Parser.ParseFrom(ConsensusType.Metadata).Consenters.Select(consenter => new Baas.Core.Fabric.Protos.Common.Consenter
                {
                    Host = consenter.Host,
                    Port = consenter.Port,
                    ClientTlsCert = consenter.ClientTlsCert,
                    ServerTlsCert = consenter.ServerTlsCert,
                })];
            case "BFT":
                return HasChannelLevel3(Config.ChannelGroup)
                    ? [.. Value(Orderer, "Orderers", Baas.Core.Fabric.Protos.Common.Orderers.Parser).ConsenterMapping]
                    : throw Bad("consensus BFT needs channel capability V3_0");
            default:
                throw Bad($"consensus type \"{ConsensusType.Type}\" is unknown");
        }
    }

    private EmulationException Bad(string cause) => new($"cannot read configuration of channel \"{Channel}\": {cause}");
}
