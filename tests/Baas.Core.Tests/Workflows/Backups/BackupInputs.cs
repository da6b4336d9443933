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
    public static FakeEngine Engine(int? failAt = null, int? cancelAt = null, NetworkSpec? spec = null)
    {
        FakeEngine engine = new() { FailAt = failAt, CancelAt = cancelAt };
        engine.Answers[nameof(ReadEndpoints)] = _ => new ReadEndpoints.Output([.. RestoredNode.In(spec ?? TestInputs.TwoOrganizations).Select(node => EndpointOf(node.Node))]);
        engine.Answers[nameof(ReadBackup)] = input => new ReadBackup.Output([.. ((ReadBackup.Input)input).Nodes.Select(node => new ReadBackup.Node(EndpointOf(node), Heights))]);
        engine.Answers[nameof(ReadLedgers)] = _ => new ReadLedgers.Output([]);
        engine.Answers[nameof(AgentDone)] = _ => new AgentDone.Seen(true, "", Root);
        engine.Answers[nameof(NoteVolume)] = input => new NoteVolume.Output($"volumes/{input.Subject}");
        engine.Answers[nameof(PackArtifacts)] = _ => new PackArtifacts.Output(Root);
        engine.Answers[nameof(PruneBackups)] = _ => new PruneBackups.Output(0);
        return engine;
    }

    private static IReadOnlyList<LedgerHeight> Heights { get; } = [new(ChannelName.Parse("main"), 7, new string('0', 64))];

    private static NodeEndpoint EndpointOf(NodeReference node) => node.Organization == TestInputs.TwoOrganizations.Ordering.Organization
        ? new(node, NodeRole.Orderer, "10.0.0.1", 7050, 9443, null)
        : new(node, NodeRole.Peer, "10.0.0.1", 7050, null, null);
}
