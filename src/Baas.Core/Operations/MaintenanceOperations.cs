using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>
/// Begins what looks after a network that is ready: backups, upgrades, renewals. Such an operation holds the network's lock like a change does,
/// so that no two of them meet; the network stays ready meanwhile, and when the operation fails, too.
/// </summary>
public sealed class MaintenanceOperations(NetworkLock networks)
{
    /// <summary>Begins one.</summary>
    /// <param name="request">Who asks, and the idempotency key.</param>
    /// <param name="name">The network.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="arguments">What the workflow needs beside the network's specification: references, no secrets.</param>
    /// <param name="cancellationToken">Ends the call, not the operation.</param>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>, <c>idempotency-key-reused</c>.</exception>
    internal async Task<OperationRecord> BeginAsync(ChangeRequest request, NetworkName name, OperationKind kind, JsonElement? arguments, CancellationToken cancellationToken)
    {
        var draft = new NetworkLock.Draft(new NetworkReference(request.Tenant, name), kind, OnFailure.Keep) { Arguments = arguments };
        var (operation, ended) = await networks.BeginAsync(request, draft, cancellationToken);
        return ended ? operation : await networks.TakeAndStartAsync(request, operation, null, cancellationToken);
    }
}
