using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The part of the lifecycle that is about what the channel has agreed on.</summary>
internal sealed class ChaincodeCommits(PeerNode peer, PeerChannel channel, Simulator simulator)
{
    /// <summary>What the keys begin with that say which definitions there are.</summary>
    public static readonly string MetadataPrefix = ChaincodeDefinition.MetadataKey(ChaincodeDefinition.Namespaces, string.Empty);

    /// <summary>The names in such keys.</summary>
    public static IEnumerable<string> Names(IEnumerable<string> keys) => keys.Select(key => key[MetadataPrefix.Length..]);

    /// <summary>Tells who has approved a definition.</summary>
    public Response Check(CheckCommitReadinessArgs args)
    {
        DemandNext(args.Name, args.Sequence);
        var definition = Definitions.Of(args, channel);
        var result = new CheckCommitReadinessResult();
        foreach (var (organization, differences) in Approvals(args.Name, definition))
        {
            result.Approvals[organization] = differences.Count == 0;
            if (differences.Count > 0)
            {
                result.Mismatches[organization] = new CheckCommitReadinessResult.Types.Mismatches { Items = { differences } };
            }
        }

        return Responses.Ok(result);
    }

    /// <summary>Commits a definition that the own organization has approved.</summary>
    public Response Commit(CommitChaincodeDefinitionArgs args)
    {
        DefinitionRules.Demand(channel, args.Name, args.Version, args.ValidationParameter, args.Collections);
        DemandNext(args.Name, args.Sequence);
        var definition = Definitions.Of(args, channel);
        var approvals = Approvals(args.Name, definition);
        LifecycleStructures.Write(
            simulator.Get, (key, value) => simulator.Put(key, value), ChaincodeDefinition.Namespaces, args.Name, ChaincodeDefinition.DefinitionType, definition.Fields);
        return approvals.TryGetValue(peer.Msp.Id, out var differences) && differences.Count == 0
            ? Responses.Ok(new CommitChaincodeDefinitionResult())
            : throw new EmulationException($"chaincode definition not agreed to by this org ({peer.Msp.Id})");
    }

    /// <summary>Tells of one committed definition.</summary>
    public Response Query(QueryChaincodeDefinitionArgs args)
    {
        if (ChaincodeDefinition.Read(simulator.Get, args.Name) is not { } definition)
        {
            return Responses.Error($"namespace {args.Name} is not defined", 404);
        }

        var result = new QueryChaincodeDefinitionResult
        {
            Sequence = definition.Sequence,
            Version = definition.Endorsement.Version,
            EndorsementPlugin = definition.Endorsement.EndorsementPlugin,
            ValidationPlugin = definition.Validation.ValidationPlugin,
            ValidationParameter = definition.Validation.ValidationParameter,
            InitRequired = definition.Endorsement.InitRequired,
            Collections = definition.Collections,
        };
        foreach (var (organization, differences) in Approvals(args.Name, definition))
        {
            result.Approvals[organization] = differences.Count == 0;
        }

        return Responses.Ok(result);
    }

    /// <summary>Tells of all committed definitions.</summary>
    public Response QueryAll()
    {
        var result = new QueryChaincodeDefinitionsResult();
        foreach (var name in Names(simulator.Keys(MetadataPrefix)))
        {
            if (ChaincodeDefinition.Read(simulator.Get, name) is { } definition)
            {
                result.ChaincodeDefinitions.Add(new QueryChaincodeDefinitionsResult.Types.ChaincodeDefinition
                {
                    Name = name,
                    Sequence = definition.Sequence,
                    Version = definition.Endorsement.Version,
                    EndorsementPlugin = definition.Endorsement.EndorsementPlugin,
                    ValidationPlugin = definition.Validation.ValidationPlugin,
                    ValidationParameter = definition.Validation.ValidationParameter,
                    InitRequired = definition.Endorsement.InitRequired,
                    Collections = definition.Collections,
                });
            }
        }

        return Responses.Ok(result);
    }

    private void DemandNext(string name, long sequence)
    {
        var next = ChaincodeDefinition.SequenceOf(simulator.Get, name) + 1;
        if (sequence != next)
        {
            throw new EmulationException($"requested sequence is {sequence}, but new definition must be sequence {next}");
        }
    }

    private Dictionary<string, IReadOnlyList<string>> Approvals(string name, ChaincodeDefinition definition) => channel.Config.Members.Values.Order(StringComparer.Ordinal).ToDictionary(
        mspId => mspId,
        mspId => LifecycleStructures.Differences(key => simulator.GetPrivateHash(EndorsementPolicies.ImplicitCollection(mspId), key), $"{name}#{definition.Sequence}", definition),
        StringComparer.Ordinal);
}
