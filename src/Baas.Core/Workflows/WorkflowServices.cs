using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Changes;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Renewals;
using Baas.Core.Workflows.Rolling;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Workflows;

/// <summary>Registers the workflows.</summary>
internal static class WorkflowServices
{
    /// <summary>Adds every workflow to the catalog.</summary>
    public static IServiceCollection AddWorkflows(this IServiceCollection services) => services
        .AddWorkflow<CreateNetwork>()
        .AddWorkflow<DeleteNetwork>()
        .AddWorkflow<EndOperation>()
        .AddWorkflow<HealNetwork>()
        .AddWorkflow<RunPhase>()
        .AddWorkflow<UndoPhase>()
        .AddWorkflow<ProvisionOrganization>()
        .AddWorkflow<RemoveOrganization>()
        .AddWorkflow<ProvisionOrderer>()
        .AddWorkflow<RemoveOrderer>()
        .AddWorkflow<ProvisionPeer>()
        .AddWorkflow<RemovePeer>()
        .AddWorkflow<OpenChannel>()
        .AddWorkflow<RemoveChannel>()
        .AddWorkflow<DeployChaincode>()
        .AddWorkflow<RemoveChaincode>()
        .AddWorkflow<ProveChaincode>()
        .AddWorkflow<ForgetProof>()
        .AddWorkflow<UpgradeNetwork>()
        .AddWorkflow<RollNode>()
        .AddWorkflow<RevertNode>()
        .AddWorkflow<RenewCertificates>()
        .AddWorkflow<RenewNode>()
        .AddWorkflow<RevertCertificates>()
        .AddWorkflow<RaiseChannel>()
        .AddWorkflow<BackupNetwork>()
        .AddWorkflow<BackUpNode>()
        .AddWorkflow<ReviveNode>()
        .AddWorkflow<VerifyBackup>()
        .AddWorkflow<RestoreNetwork>()
        .AddWorkflow<FillVolumes>()
        .AddWorkflow<SwapVolumes>()
        .AddWorkflow<RestartNodes>()
        .AddWorkflow<StartRestored>()
        .AddWorkflow<ReviveNodes>();
}
