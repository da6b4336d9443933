using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>What the steps of Baas give when all goes well.</summary>
internal static class FakeAnswers
{
    /// <summary>The output of a step for an input.</summary>
    public static object Of(IStepInput input) => input switch
    {
        ObserveAddress.Input observe => new ObserveAddress.Seen(true, "", EndpointOf(observe), ["10.0.0.1"]),
        IssueNodeCertificates.Input => new IssueNodeCertificates.Output("fingerprint"),
        PrepareRenewal.Input => new PrepareRenewal.Output("07"),
        PackageChaincode.Input package => new PackageChaincode.Output($"{package.Chaincode.Name}:hash"),
        CreateGenesisBlock.Input => new CreateGenesisBlock.Output("hash"),
        SubmitProof.Input => new SubmitProof.Seen(true, "", "transaction"),
        ProofCommitted.Input => new ProofCommitted.Seen(true, "", "9"),
        ReadEndpoints.Input => new ReadEndpoints.Output([]),
        ReadLedgers.Input => new ReadLedgers.Output([]),
        ReadNodeVersions.Input => new ReadNodeVersions.Output(new Dictionary<string, FabricVersion>()),
        ReadFingerprint.Input => new ReadFingerprint.Output("fingerprint"),
        OrderersSettled.Input => new OrderersSettled.Seen(true, "", false, 7),
        ChooseOrderer.Input choice => new ChooseOrderer.Output(choice.Candidates[0]),
        IStepInput<Nothing> => Nothing.Value,
        IStepInput<Observation> => new Observation(true, ""),
        IStepInput<string> => input.Subject,
        _ => throw new NotSupportedException($"say in Answers what {input.GetType()} gives"),
    };

    private static NodeEndpoint EndpointOf(ObserveAddress.Input input) =>
        new(input.Node, input.Role, "10.0.0.1", 7050, input.Role == NodeRole.Orderer ? 9443 : null, null);
}
