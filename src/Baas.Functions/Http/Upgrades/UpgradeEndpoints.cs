using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http.Upgrades;

/// <summary>Routes of upgrades. An upgrade is aborted like any operation is cancelled.</summary>
internal static class UpgradeEndpoints
{
    public static void MapUpgrades(this RouteGroupBuilder tenant)
    {
        tenant.MapPost("/networks/{network}/upgrades", CreateAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Upgrade a network", "Its nodes are replaced one by one while it is used. With dryRun=true nothing is touched and the answer is the plan.", 202)
            .Accepts<UpgradeBody>("application/json");
        tenant.MapPost("/operations/{operation}/pause", (TenantName tenant, OperationId operation, UpgradeOperations upgrades, CancellationToken cancellationToken) =>
                SignalAsync(tenant, operation, isPause: true, upgrades, cancellationToken)).RequireRole(Role.Operator)
            .Describe<OperationResource>("Pause an upgrade", "It finishes the node that it is at, and stands still before the next one.", 202);
        tenant.MapPost("/operations/{operation}/resume", (TenantName tenant, OperationId operation, UpgradeOperations upgrades, CancellationToken cancellationToken) =>
                SignalAsync(tenant, operation, isPause: false, upgrades, cancellationToken)).RequireRole(Role.Operator)
            .Describe<OperationResource>("Resume an upgrade", "It goes on with the next node.", 202);
    }

    private static async Task<IResult> CreateAsync(
        TenantName tenant, NetworkName network, [FromQuery] bool? dryRun, HttpContext context, UpgradeOperations upgrades, CancellationToken cancellationToken)
    {
        var body = await Bodies.ReadJsonAsync<UpgradeBody>(context.Request, cancellationToken);
        return dryRun == true
            ? Replies.Json(UpgradePlanResource.Of(await upgrades.PlanAsync(new(tenant, network), body.ToRequest(), cancellationToken)))
            : Replies.Accepted(context, await upgrades.EnqueueAsync(Parameters.Change(context, tenant, JsonSerializer.Serialize(body, NetworkJson.Options)), network, body.ToRequest(), cancellationToken));
    }

    private static async Task<IResult> SignalAsync(TenantName tenant, OperationId operation, bool isPause, UpgradeOperations upgrades, CancellationToken cancellationToken) =>
        Replies.Json(OperationResource.Of(await upgrades.SignalAsync(tenant, operation, isPause, cancellationToken)), StatusCodes.Status202Accepted);
}
