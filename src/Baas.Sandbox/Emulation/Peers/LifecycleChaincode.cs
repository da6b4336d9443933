using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;
using static Baas.Core.Fabric.Protos.Msp.MSPRole.Types;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The system chaincode <c>_lifecycle</c>: installs, approves and commits chaincodes.</summary>
internal sealed class LifecycleChaincode(PeerNode peer) : ISystemChaincode
{
    /// <summary>Its name, and the namespace of its state.</summary>
    public const string Name = "_lifecycle";

    private static readonly string[] LocalFunctions =
    [
        "InstallChaincode", "QueryInstalledChaincode", "QueryInstalledChaincodes", "GetInstalledChaincodePackage", "ApproveChaincodeDefinitionForMyOrg",
        "QueryApprovedChaincodeDefinition", "QueryApprovedChaincodeDefinitions",
    ];

    private readonly InstalledChaincodes _installed = new(peer);

    /// <inheritdoc/>
    public Response Invoke(ChaincodeCall call)
    {
        try
        {
            Authorize(call);
        }
        catch (EmulationException refused)
        {
            return Responses.Error($"Failed to authorize invocation due to failed ACL check: {refused.Message}");
        }

        try
        {
            return Dispatch(call);
        }
        catch (EmulationException refused)
        {
            return Responses.Error($"failed to invoke backing implementation of '{call.Function}': {refused.Message}");
        }
        catch (InvalidProtocolBufferException malformed)
        {
            return Responses.Error($"failed to invoke backing implementation of '{call.Function}': could not decode input arg: {malformed.Message}");
        }
    }

    private void Authorize(ChaincodeCall call)
    {
        if (LocalFunctions.Contains(call.Function))
        {
            peer.Msp.Demand(MSPRoleType.Admin, call.Proposal.Signed);
        }
        else if (call.Channel is { } channel)
        {
            channel.Config.Policies.Demand(channel.Config.PolicyFor($"{Name}/{call.Function}", PeerNode.Writers), [call.Proposal.Signed]);
        }
    }

    private Response Dispatch(ChaincodeCall call)
    {
        var input = call.Argument(1);
        return call.Function switch
        {
            "InstallChaincode" => _installed.Install(InstallChaincodeArgs.Parser.ParseFrom(input)),
            "QueryInstalledChaincode" => _installed.Query(QueryInstalledChaincodeArgs.Parser.ParseFrom(input)),
            "QueryInstalledChaincodes" => _installed.QueryAll(),
            "GetInstalledChaincodePackage" => _installed.Read(GetInstalledChaincodePackageArgs.Parser.ParseFrom(input)),
            _ when call.Channel is null || call.Simulator is null => Responses.Error($"function {call.Function} needs a channel"),
            "ApproveChaincodeDefinitionForMyOrg" => new ChaincodeApprovals(peer, call.Channel, call.Simulator).Approve(ApproveChaincodeDefinitionForMyOrgArgs.Parser.ParseFrom(input)),
            "QueryApprovedChaincodeDefinition" => new ChaincodeApprovals(peer, call.Channel, call.Simulator).Query(QueryApprovedChaincodeDefinitionArgs.Parser.ParseFrom(input)),
            "QueryApprovedChaincodeDefinitions" => new ChaincodeApprovals(peer, call.Channel, call.Simulator).QueryAll(),
            "CheckCommitReadiness" => new ChaincodeCommits(peer, call.Channel, call.Simulator).Check(CheckCommitReadinessArgs.Parser.ParseFrom(input)),
            "CommitChaincodeDefinition" => new ChaincodeCommits(peer, call.Channel, call.Simulator).Commit(CommitChaincodeDefinitionArgs.Parser.ParseFrom(input)),
            "QueryChaincodeDefinition" => new ChaincodeCommits(peer, call.Channel, call.Simulator).Query(QueryChaincodeDefinitionArgs.Parser.ParseFrom(input)),
            "QueryChaincodeDefinitions" => new ChaincodeCommits(peer, call.Channel, call.Simulator).QueryAll(),
            _ => Responses.Error($"Requested function {call.Function} not found (emulated node)."),
        };
    }
}
