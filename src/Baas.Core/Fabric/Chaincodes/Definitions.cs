using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Reads what peers answer about definitions.</summary>
internal static class Definitions
{
    /// <summary>An approval.</summary>
    public static ApprovedDefinition Approved(string name, QueryApprovedChaincodeDefinitionResult answer) => new(
        new ChaincodeDefinition
        {
            Name = name,
            Sequence = answer.Sequence,
            Version = answer.Version,
            InitRequired = answer.InitRequired,
            EndorsementPolicy = answer.ValidationParameter,
            Collections = answer.Collections ?? new(),
            EndorsementPlugin = answer.EndorsementPlugin,
            ValidationPlugin = answer.ValidationPlugin,
        },
        answer.Source?.LocalPackage?.PackageId);

    /// <summary>A committed definition.</summary>
    public static ChaincodeDefinition Committed(string name, QueryChaincodeDefinitionResult answer) => new()
    {
        Name = name,
        Sequence = answer.Sequence,
        Version = answer.Version,
        InitRequired = answer.InitRequired,
        EndorsementPolicy = answer.ValidationParameter,
        Collections = answer.Collections ?? new(),
        EndorsementPlugin = answer.EndorsementPlugin,
        ValidationPlugin = answer.ValidationPlugin,
    };

    /// <summary>One of a list of committed definitions.</summary>
    public static ChaincodeDefinition Listed(QueryChaincodeDefinitionsResult.Types.ChaincodeDefinition answer) => new()
    {
        Name = answer.Name,
        Sequence = answer.Sequence,
        Version = answer.Version,
        InitRequired = answer.InitRequired,
        EndorsementPolicy = answer.ValidationParameter,
        Collections = answer.Collections ?? new(),
        EndorsementPlugin = answer.EndorsementPlugin,
        ValidationPlugin = answer.ValidationPlugin,
    };

    /// <summary>Who has approved. Organizations whose MSP id this system could not have given are left out.</summary>
    public static CommitReadiness Readiness(CheckCommitReadinessResult answer)
    {
        Dictionary<MspId, bool> approvals = [];
        Dictionary<MspId, IReadOnlyList<string>> mismatches = [];
        foreach (var (organization, approved) in answer.Approvals)
        {
            if (MspId.TryParse(organization, null, out var mspId))
            {
                approvals[mspId] = approved;
            }
        }

        foreach (var (organization, differing) in answer.Mismatches)
        {
            if (MspId.TryParse(organization, null, out var mspId))
            {
                mismatches[mspId] = [.. differing.Items];
            }
        }

        return new CommitReadiness(approvals, mismatches);
    }
}
