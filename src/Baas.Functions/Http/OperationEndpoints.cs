using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of operations.</summary>
internal static class OperationEndpoints
{
    private const string OperationRoute = "/operations/{operation}";

    public static void MapOperations(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/operations", ListAsync).RequireRole(Role.Reader).Describe<PageResource<OperationResource>>("List operations", "Without their steps.");
        tenant.MapGet(OperationRoute, GetAsync).RequireRole(Role.Reader)
            .Describe<OperationResource>("Get an operation", "State, steps with times and attempts, error and leftovers.");
        tenant.MapGet(OperationRoute + "/events", WatchAsync).RequireRole(Role.Reader)
            .Describe<OperationResource>("Watch an operation", "Server-sent events: \"operation\" with the operation now and after each change, \"end\" with its last state.", mediaType: "text/event-stream");
        tenant.MapPost(OperationRoute + "/cancel", CancelAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Cancel an operation", "Running steps finish, then what was made is undone or kept.", 202);
        tenant.MapPost(OperationRoute + "/retry", RetryAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Retry an operation", "A new operation goes on with what the failed one has left.", 202);
    }

    private static async Task<IResult> ListAsync(TenantName tenant, [AsParameters] PageQuery page, TenantOperations tenants, OperationQueries operations, CancellationToken cancellationToken)
    {
        var asked = page.Checked();
        await tenants.GetAsync(tenant, cancellationToken);
        return Replies.Json(PageResource<OperationResource>.Of(await operations.ListAsync(tenant, asked, cancellationToken), record => OperationResource.Of(record, null)));
    }

    private static async Task<IResult> GetAsync(TenantName tenant, OperationId operation, OperationQueries operations, CancellationToken cancellationToken) =>
        Replies.Json(OperationResource.Of(await operations.GetAsync(tenant, operation, cancellationToken)));

    private static async Task WatchAsync(TenantName tenant, OperationId operation, HttpContext context, OperationQueries operations)
    {
        await using var events = new EventStream(context.Response);
        await foreach (var view in operations.WatchAsync(tenant, operation, context.RequestAborted))
        {
            if (view is null)
            {
                await events.StayAliveAsync(context.RequestAborted);
                continue;
            }

            await events.SendAsync(view.Record.EndedAt is null ? "operation" : "end", OperationResource.Of(view), context.RequestAborted);
        }
    }

    private static async Task<IResult> CancelAsync(TenantName tenant, OperationId operation, OperationQueries operations, CancellationToken cancellationToken) =>
        Replies.Json(OperationResource.Of(await operations.CancelAsync(tenant, operation, cancellationToken)), StatusCodes.Status202Accepted);

    private static async Task<IResult> RetryAsync(TenantName tenant, OperationId operation, HttpContext context, NetworkOperations networks, CancellationToken cancellationToken) =>
        Replies.Accepted(context, await networks.RetryAsync(Parameters.Change(context, tenant, ""), operation, cancellationToken));
}
