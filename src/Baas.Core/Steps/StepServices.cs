using Baas.Core.Steps.Backups;
using Baas.Core.Steps.Certificates;
using Baas.Core.Steps.Chaincodes;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Health;
using Baas.Core.Steps.Records;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Steps;

/// <summary>Registers the steps.</summary>
internal static class StepServices
{
    /// <summary>Adds every step to the catalog.</summary>
    public static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddSingleton<FabricAccess>()
        .AddSingleton<NodeLedgers>()
        .AddStep<CreateAuthorities>()
        .AddStep<IssueUsers>()
        .AddStep<IssueNodeCertificates>()
        .AddStep<PrepareRenewal>()
        .AddStep<UseIdentity>()
        .AddStep<RenewUser>()
        .AddStep<CertificateShown>()
        .AddStep<CreateNamespace>()
        .AddStep<NamespaceGone>()
        .AddStep<ApplyNodeService>()
        .AddStep<ObserveAddress>()
        .AddStep<RecordEndpoint>()
        .AddStep<ApplyOrderer>()
        .AddStep<ApplyPeer>()
        .AddStep<ApplyChaincodeServer>()
        .AddStep<NodeReady>()
        .AddStep<CreateGenesisBlock>()
        .AddStep<JoinOrderer>()
        .AddStep<OrdererActive>()
        .AddStep<JoinPeer>()
        .AddStep<PackageChaincode>()
        .AddStep<InstallChaincode>()
        .AddStep<ApproveChaincode>()
        .AddStep<ApprovalsComplete>()
        .AddStep<CommitChaincode>()
        .AddStep<ChaincodeCommitted>()
        .AddStep<SubmitProof>()
        .AddStep<ProofCommitted>()
        .AddStep<ReadProof>()
        .AddSingleton<WantedObjects>()
        .AddSingleton<Baas.Core.Health.Observations.INetworkObserver, NetworkObserver>()
        .AddSingleton<Baas.Core.Health.Observations.IClusterReach, ClusterReach>()
        .AddStep<ReapplyObjects>()
        .AddStep<ReplacePod>()
        .AddStep<RejoinPeer>()
        .AddStep<ReadNodeVersions>()
        .AddStep<ReadFingerprint>()
        .AddStep<ChooseOrderer>()
        .AddStep<NodeRunsVersion>()
        .AddStep<OrderersSettled>()
        .AddStep<ReplaceStuckPod>()
        .AddStep<RecordNodeVersion>()
        .AddStep<RecordUpgrade>()
        .AddStep<RaiseCapabilities>()
        .AddStep<CapabilitiesRaised>()
        .AddStep<RecordCapabilities>()
        .AddStep<ForgetArtifacts>()
        .AddStep<RecordOutcome>()
        .AddStep<BeginBackup>()
        .AddStep<ReadEndpoints>()
        .AddStep<ReadLedgers>()
        .AddStep<LedgersReach>()
        .AddStep<ScaleNode>()
        .AddStep<NodeStopped>()
        .AddStep<StartAgent>()
        .AddStep<AgentDone>()
        .AddStep<PackArtifacts>()
        .AddStep<NoteVolume>()
        .AddStep<SealBackup>()
        .AddStep<PruneBackups>()
        .AddStep<RecallBackup>()
        .AddStep<RecordAliases>()
        .AddStep<ReadBackup>()
        .AddStep<RestoreArtifacts>()
        .AddStep<CheckAddress>()
        .AddStep<EnsureVolume>()
        .AddStep<ListArchives>()
        .AddStep<VerifyVolume>()
        .AddStep<RecordVerification>();
}
