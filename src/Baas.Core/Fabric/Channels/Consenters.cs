using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Orderer.EtcdRaft;
using Google.Protobuf;

namespace Baas.Core.Fabric.Channels;

/// <summary>The orderers that take part in consensus, as they stand in the group <c>Orderer</c>, whichever way that is.</summary>
internal sealed class Consenters
{
    private readonly ConfigGroup _orderer;
    private readonly ConsensusType _consensus;

    private Consenters(ConfigGroup orderer, ConsensusType consensus)
    {
        _orderer = orderer;
        _consensus = consensus;
    }

    /// <summary>Reads them.</summary>
    /// <param name="orderer">The group; <see cref="Put"/> and <see cref="Remove"/> change it.</param>
    /// <exception cref="ConfigEditException">The consensus type is missing or unknown.</exception>
    public static Consenters Of(ConfigGroup orderer)
    {
        var consensus = orderer.Values.TryGetValue(ConfigKeys.ConsensusType, out var value) ? ConsensusType.Parser.ParseFrom(value.Value) : new ConsensusType();
        return consensus.Type is ConsensusSettings.Raft or ConsensusSettings.Bft
            ? new Consenters(orderer, consensus)
            : throw new ConfigEditException(ConfigKeys.ConsensusType, $"the consensus type \"{consensus.Type}\" is not known");
    }

    /// <summary>Whether they agree by BFT.</summary>
    public bool AreBft => _consensus.Type == ConsensusSettings.Bft;

    /// <summary>How many they are.</summary>
    public int Count => AreBft ? Bft().Count : Raft().Consenters.Count;

    /// <summary>Adds one, or gives the one at the same address other certificates.</summary>
    public void Put(ChannelConsenter consenter)
    {
        if (AreBft)
        {
            var all = Bft();
            var index = all.FindIndex(existing => At(existing.Host, existing.Port, consenter.Address));
            var id = index >= 0 ? all[index].Id : all.Select(existing => existing.Id).DefaultIfEmpty().Max() + 1;
            Place(all, index, ConsensusSettings.BftConsenter(consenter, id));
            Store(all);
        }
        else
        {
            var metadata = Raft();
            var all = metadata.Consenters.ToList();
            Place(all, all.FindIndex(existing => At(existing.Host, existing.Port, consenter.Address)), ConsensusSettings.RaftConsenter(consenter));
            Store(metadata, all);
        }
    }

    /// <summary>Removes the one at an address, if there is one.</summary>
    public void Remove(ChannelAddress address)
    {
        if (AreBft)
        {
            Store([.. Bft().Where(existing => !At(existing.Host, existing.Port, address))]);
        }
        else
        {
            var metadata = Raft();
            Store(metadata, [.. metadata.Consenters.Where(existing => !At(existing.Host, existing.Port, address))]);
        }
    }

    private static bool At(string host, uint port, ChannelAddress address) => host == address.Host && port == address.Port;

    private static void Place<TConsenter>(List<TConsenter> all, int index, TConsenter consenter)
    {
        if (index >= 0)
        {
            all[index] = consenter;
        }
        else
        {
            all.Add(consenter);
        }
    }

    private ConfigMetadata Raft() => ConfigMetadata.Parser.ParseFrom(_consensus.Metadata);

    private List<Protos.Common.Consenter> Bft() =>
        _orderer.Values.TryGetValue(ConfigKeys.Orderers, out var value) ? [.. Orderers.Parser.ParseFrom(value.Value).ConsenterMapping] : [];

    private void Store(ConfigMetadata metadata, IEnumerable<Protos.Orderer.EtcdRaft.Consenter> consenters)
    {
        var changed = new ConfigMetadata { Consenters = { consenters }, Options = metadata.Options };
        var consensus = new ConsensusType(_consensus) { Metadata = changed.ToByteString() };
        _orderer.Values[ConfigKeys.ConsensusType].Value = consensus.ToByteString();
    }

    private void Store(IReadOnlyList<Protos.Common.Consenter> consenters)
    {
        _orderer.Values[ConfigKeys.Orderers].Value = new Orderers { ConsenterMapping = { consenters } }.ToByteString();
        _orderer.Policies[ConfigKeys.BlockValidation].Policy = ConsensusSettings.BftBlockValidation(consenters);
    }
}
