using Baas.Core.Networks;
using Baas.Core.Operations.Queues;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http.Queues;

/// <summary>Routes of messages that were given up: a tenant's own, and all of them for admins.</summary>
internal static class PoisonEndpoints
{
    private const string Route = "/queues/poison";
    private const string RetryRoute = Route + "/{id}/retry";
    private const string MessageRoute = Route + "/{id}";

    public static void MapPoison(this RouteGroupBuilder tenant)
    {
        Describe(
            Role.Operator,
            "The tenant's; ",
            tenant.MapGet(Route, (TenantName tenant, PoisonMessages poison, CancellationToken cancellationToken) => ListAsync(tenant, poison, cancellationToken)),
            tenant.MapPost(RetryRoute, (TenantName tenant, string id, HttpContext context, PoisonMessages poison, CancellationToken cancellationToken) => RetryAsync(tenant, id, context, poison, cancellationToken)),
            tenant.MapDelete(MessageRoute, (TenantName tenant, string id, PoisonMessages poison, CancellationToken cancellationToken) => DeleteAsync(tenant, id, poison, cancellationToken)));
    }

    public static void MapAllPoison(this RouteGroupBuilder api)
    {
        Describe(
            Role.Admin,
            "For admins, of all tenants and those of which it cannot be told; ",
            api.MapGet(Route, (PoisonMessages poison, CancellationToken cancellationToken) => ListAsync(null, poison, cancellationToken)),
            api.MapPost(RetryRoute, (string id, HttpContext context, PoisonMessages poison, CancellationToken cancellationToken) => RetryAsync(null, id, context, poison, cancellationToken)),
            api.MapDelete(MessageRoute, (string id, PoisonMessages poison, CancellationToken cancellationToken) => DeleteAsync(null, id, poison, cancellationToken)));
    }

    private static void Describe(Role role, string whose, RouteHandlerBuilder list, RouteHandlerBuilder retry, RouteHandlerBuilder delete)
    {
        list.RequireRole(role).Describe<IReadOnlyList<PoisonResource>>("List poison messages", whose + $"the oldest {PoisonMessages.Most} messages of the queue that were given up, with the reason.");
        retry.RequireRole(role).Describe<OperationResource>("Retry a poison message", whose + "sends it again as a new operation.", 202);
        delete.RequireRole(role).Describe<PoisonResource>("Delete a poison message", whose + "its operation stays ended.", 204);
    }

    private static async Task<IResult> ListAsync(TenantName? tenant, PoisonMessages poison, CancellationToken cancellationToken) =>
        Replies.Json<IReadOnlyList<PoisonResource>>([.. (await poison.ListAsync(tenant, cancellationToken)).Select(PoisonResource.Of)]);

    private static async Task<IResult> RetryAsync(TenantName? tenant, string id, HttpContext context, PoisonMessages poison, CancellationToken cancellationToken) =>
        Replies.Accepted(context, await poison.RetryAsync(Callers.Of(context.User), tenant, id, cancellationToken));

    private static async Task<IResult> DeleteAsync(TenantName? tenant, string id, PoisonMessages poison, CancellationToken cancellationToken)
    {
        await poison.DeleteAsync(tenant, id, cancellationToken);
        return Results.NoContent();
    }
}
