using Baas.Core.Networks;
using Baas.Core.Networks.Validation;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;
using Baas.Testing.Engines;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>The use cases of backups on a store in memory; workflows are noted and stand still.</summary>
internal sealed class TestOperations
{
    private readonly StillWorkflows _workflows = new();
    private readonly OperationParts _parts;

    public TestOperations(TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        Records = new RecordStore(Blobs);
        Backups = new BackupStore(Blobs, new SecretStore(Blobs, new AesMasterKey(new byte[32])));
        _parts = new OperationParts(Records, _workflows, time);
        var starter = _parts.Starter;
        Maintenance = new MaintenanceOperations(_parts.Locks);
        Manifests = new BackupManifests(Records, Blobs, Backups);
        Operations = new BackupOperations(Records, Backups, Manifests, Maintenance, starter, time);
        var options = new SpecificationOptions { Limits = new SpecLimits(), Clusters = ["east", "west"] };
        Restores = new RestoreOperations(Records, Manifests, Operations, _parts.Locks, _parts.Networks, options);
        Schedules = new BackupSchedules(Records, starter, time);
        Sweep = new BackupSweep(Records, Operations, Schedules, time);
    }

    public static NetworkReference Network => OperationParts.Network;

    public MemoryBlobStore Blobs { get; } = new();

    public RecordStore Records { get; }

    public BackupStore Backups { get; }

    public BackupManifests Manifests { get; }

    public MaintenanceOperations Maintenance { get; }

    public BackupOperations Operations { get; }

    public RestoreOperations Restores { get; }

    public BackupSchedules Schedules { get; }

    public BackupSweep Sweep { get; }

    /// <summary>The workflows that were started.</summary>
    public List<IWorkflowInput> Started => _workflows.Started;

    public static ChangeRequest Request(string? key = null) => new(new Caller("tests", Role.Admin, null), Network.Tenant, key, key ?? "");

    /// <summary>Puts a network on record.</summary>
    public Task PutNetworkAsync(NetworkState state = NetworkState.Ready, NetworkSpec? spec = null, DateTimeOffset createdAt = default) => _parts.PutNetworkAsync(spec, state, createdAt);

    public Task<NetworkRecord?> NetworkAsync() => _parts.NetworkAsync();
}
