using System.Globalization;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The part of the lifecycle that is about what the own organization has approved. It is kept in the organization's implicit collection.</summary>
internal sealed class ChaincodeApprovals(PeerNode peer, PeerChannel channel, Simulator simulator)
{
    private readonly string _collection = EndorsementPolicies.ImplicitCollection(peer.Msp.Id);

    /// <summary>Approves a definition.</summary>
    public Response Approve(ApproveChaincodeDefinitionForMyOrgArgs args)
    {
        DefinitionRules.Demand(channel, args.Name, args.Version, args.ValidationParameter, args.Collections);
        channel.FetchMissing();
        var definition = Definitions.Of(args, channel);
        var packageId = args.Source?.LocalPackage?.PackageId ?? string.Empty;
        var current = ChaincodeDefinition.SequenceOf(simulator.Get, args.Name);
        DemandSequence(args.Sequence, current);
        var name = $"{args.Name}#{args.Sequence}";
        if (args.Sequence == current && !Definitions.AreSame(ChaincodeDefinition.Read(simulator.Get, args.Name), definition))
        {
            throw new EmulationException($"attempted to redefine the current committed sequence ({current}) for namespace {args.Name} with different parameters");
        }

        if (Find(name) is { } before && Definitions.AreSame(before, definition) && PackageOf(name) == packageId)
        {
            throw new EmulationException(args.Sequence == current
                ? $"attempted to redefine the current committed sequence ({current}) for namespace {args.Name}"
                : $"attempted to redefine uncommitted sequence ({args.Sequence}) for namespace {args.Name} with unchanged content");
        }

        Write(ChaincodeDefinition.Namespaces, name, ChaincodeDefinition.ParametersType, definition.Parameters);
        Write(ChaincodeDefinition.Sources, name, ChaincodeDefinition.PackageType, ChaincodeDefinition.PackageFields(packageId));
        return Responses.Ok(new ApproveChaincodeDefinitionForMyOrgResult());
    }

    /// <summary>Tells of one approval.</summary>
    public Response Query(QueryApprovedChaincodeDefinitionArgs args)
    {
        channel.FetchMissing();
        var sequence = args.Sequence;
        if (sequence == 0)
        {
            var current = ChaincodeDefinition.SequenceOf(simulator.Get, args.Name);
            sequence = Find($"{args.Name}#{current + 1}") is null ? current : current + 1;
        }

        var definition = Find($"{args.Name}#{sequence}")
            ?? throw new EmulationException($"could not fetch approved chaincode definition (name: '{args.Name}', sequence: '{sequence}') on channel '{channel.Name}'");
        return Responses.Ok(new QueryApprovedChaincodeDefinitionResult
        {
            Sequence = sequence,
            Version = definition.Endorsement.Version,
            EndorsementPlugin = definition.Endorsement.EndorsementPlugin,
            ValidationPlugin = definition.Validation.ValidationPlugin,
            ValidationParameter = definition.Validation.ValidationParameter,
            InitRequired = definition.Endorsement.InitRequired,
            Collections = definition.Collections,
            Source = SourceOf($"{args.Name}#{sequence}"),
        });
    }

    /// <summary>Tells of all approvals.</summary>
    public Response QueryAll()
    {
        channel.FetchMissing();
        var result = new QueryApprovedChaincodeDefinitionsResult();
        foreach (var name in ChaincodeCommits.Names(simulator.PrivateKeys(_collection, ChaincodeCommits.MetadataPrefix)))
        {
            if (Find(name) is { } definition)
            {
                var parts = name.Split('#');
                result.ApprovedChaincodeDefinitions.Add(new QueryApprovedChaincodeDefinitionsResult.Types.ApprovedChaincodeDefinition
                {
                    Name = parts[0],
                    Sequence = long.Parse(parts[1], CultureInfo.InvariantCulture),
                    Version = definition.Endorsement.Version,
                    EndorsementPlugin = definition.Endorsement.EndorsementPlugin,
                    ValidationPlugin = definition.Validation.ValidationPlugin,
                    ValidationParameter = definition.Validation.ValidationParameter,
                    InitRequired = definition.Endorsement.InitRequired,
                    Collections = definition.Collections,
                    Source = SourceOf(name),
                });
            }
        }

        return Responses.Ok(result);
    }

    private static void DemandSequence(long requested, long current)
    {
        if (requested < 1)
        {
            throw new EmulationException($"requested sequence is {requested}, but first definable sequence number is 1");
        }

        if (requested < current)
        {
            throw new EmulationException($"currently defined sequence {current} is larger than requested sequence {requested}");
        }

        if (requested > current + 1)
        {
            throw new EmulationException($"requested sequence {requested} is larger than the next available sequence number {current + 1}");
        }
    }

    private ByteString? Get(string key) => simulator.GetPrivate(_collection, key);

    private ChaincodeDefinition? Find(string name) => Get(ChaincodeDefinition.MetadataKey(ChaincodeDefinition.Namespaces, name)) is null ? null : ChaincodeDefinition.ReadParameters(Get, name);

    private string? PackageOf(string name) =>
        Get(ChaincodeDefinition.FieldKey(ChaincodeDefinition.Sources, name, "PackageID")) is { } value ? StateData.Parser.ParseFrom(value).String : null;

    private ChaincodeSource SourceOf(string name) => PackageOf(name) is { Length: > 0 } packageId
        ? new ChaincodeSource { LocalPackage = new ChaincodeSource.Types.Local { PackageId = packageId } }
        : new ChaincodeSource { Unavailable = new ChaincodeSource.Types.Unavailable() };

    private void Write(string prefix, string name, string type, IReadOnlyList<(string Name, StateData Value)> fields) =>
        LifecycleStructures.Write(Get, (key, value) => simulator.PutPrivate(_collection, key, value), prefix, name, type, fields);
}
