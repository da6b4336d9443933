using System.Text.Json;
using Baas.Core.Health.Healing;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Workflows;

namespace Baas.Core.Operations.Health;

/// <summary>Begins operations that heal networks.</summary>
internal sealed class HealingOperations(MaintenanceOperations maintenance)
{
    private const string Part = "self-healing";

    /// <summary>What a healing is.</summary>
    public static OperationDefinition Healing { get; } = OperationDefinition.Of<IReadOnlyList<HealingAct>>(
        OperationKind.HealNetwork, LockRule.Maintenance, (operation, recorded, acts) => new HealNetwork.Input(operation.Network, operation.Id, recorded, acts));

    /// <summary>Begins to heal; null when the network is being changed, so that its next sweep decides anew.</summary>
    public async Task<OperationRecord?> BeginAsync(NetworkReference network, IReadOnlyList<HealingAct> acts, CancellationToken cancellationToken)
    {
        var arguments = JsonSerializer.SerializeToElement(acts, NetworkJson.Options);
        try
        {
            return await maintenance.BeginAsync(
                new ChangeRequest(Caller.Service(Part), network.Tenant, null, ""), network.Network, OperationKind.HealNetwork, arguments, cancellationToken);
        }
        catch (RefusedException refusal) when (refusal.Kind is RefusalKind.Conflict or RefusalKind.NotFound)
        {
            return null;
        }
    }
}
