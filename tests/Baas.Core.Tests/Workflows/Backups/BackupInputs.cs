using Baas.Core.Archives;
using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Workflows.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;

namespace Baas.Core.Tests.Workflows.Backups;

/// <summary>Inputs of the workflows of backups, and what their steps see.</summary>
internal static class BackupInputs
{
    private static readonly NetworkReference Network = new(TenantName.Parse("acme"), TestInputs.TwoOrganizations.Name);
    private static readonly OperationId Operation = OperationId.Parse("op-test");
    private static readonly BackupId Backup = BackupId.Parse("bk-test");
    private static readonly VolumeRoot Root = new() { Index = ["00"], IndexHash = "00", Entries = 1, Bytes = 1 };

    public static BackupNetwork.Input Back() => new(Network, Operation, Backup, TestInputs.TwoOrganizations);

    public static RestoreNetwork.Input Restore(bool isNew, params IReadOnlyList<NodeReference> nodes) =>
        new(Network, Operation, Backup, TestInputs.TwoOrganizations, nodes, isNew, OnFailure.Rollback);

    /// <summary>An engine whose steps see the example's nodes.</summary>
    public static FakeEngine Engine(int? failAt = null, int? cancelAt = null)
    {
        FakeEngine engine = new() { FailAt = failAt, CancelAt = cancelAt };
        engine.Answers[nameof(ReadEndpoints)] = _ => new ReadEndpoints.Output(Nodes);
        engine.Answers[nameof(ReadBackup)] = _ => new ReadBackup.Output([.. Nodes.Select(node => new ReadBackup.Node(node, []))]);
        engine.Answers[nameof(ReadLedgers)] = _ => new ReadLedgers.Output([]);
        engine.Answers[nameof(AgentDone)] = _ => new AgentDone.Seen(true, "", Root);
        engine.Answers[nameof(PackArtifacts)] = _ => new PackArtifacts.Output(Root);
        engine.Answers[nameof(PruneBackups)] = _ => new PruneBackups.Output(0, 0);
        return engine;
    }

    private static IReadOnlyList<NodeEndpoint> Nodes =>
    [
        .. TestInputs.TwoOrganizations.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => new NodeEndpoint(node, NodeRole.Peer, "10.0.0.1", 7050, null, null)),
        .. TestInputs.TwoOrganizations.Ordering.Orderers().Select(node => new NodeEndpoint(node, NodeRole.Orderer, "10.0.0.1", 7050, 9443, null)),
    ];
}
