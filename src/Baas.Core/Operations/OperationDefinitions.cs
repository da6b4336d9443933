using Baas.Core.Operations.Backups;
using Baas.Core.Operations.Health;
using Baas.Core.Operations.Renewals;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;

namespace Baas.Core.Operations;

/// <summary>Every kind of operation; each is defined beside the use case that begins it.</summary>
internal static class OperationDefinitions
{
    private static readonly Dictionary<OperationKind, OperationDefinition> All = new OperationDefinition[]
    {
        NetworkOperations.Creation,
        NetworkDeletion.Deletion,
        BackupOperations.Backup,
        BackupOperations.Verification,
        BackupSchedules.Setting,
        RestoreOperations.Restore,
        HealingOperations.Healing,
        UpgradeOperations.Upgrade,
        RenewalOperations.Renewal,
    }.ToDictionary(definition => definition.Kind);

    /// <summary>What a kind of operation is.</summary>
    public static OperationDefinition Of(OperationKind kind) => All[kind];
}
