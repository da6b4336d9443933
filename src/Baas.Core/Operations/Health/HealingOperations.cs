using System.Text.Json;
using Baas.Core.Health.Healing;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;

namespace Baas.Core.Operations.Health;

/// <summary>Begins operations that heal networks.</summary>
internal sealed class HealingOperations(MaintenanceOperations maintenance)
{
    private const string Part = "self-healing";

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

    /// <summary>The acts that an operation was begun with.</summary>
    public static IReadOnlyList<HealingAct> ActsOf(OperationRecord operation) =>
        operation.Arguments is { } arguments ? arguments.Deserialize<IReadOnlyList<HealingAct>>(NetworkJson.Options) ?? [] : [];
}
