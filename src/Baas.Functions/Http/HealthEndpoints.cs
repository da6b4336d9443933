using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of health.</summary>
internal static class HealthEndpoints
{
    private const string HealthRoute = "/networks/{network}/health";

    public static void MapHealth(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/health", ListAsync).RequireRole(Role.Reader).Describe<PageResource<HealthResource>>("List the health of networks", "In the order of their names, without nodes and channels.");
        tenant.MapGet(HealthRoute, GetAsync).RequireRole(Role.Reader).Describe<HealthResource>("Get the health of a network", "As of the last look, which happens each minute.");
        tenant.MapGet(HealthRoute + "/events", EventsAsync).RequireRole(Role.Reader)
            .Describe<IReadOnlyList<HealthEvent>>("List what has changed in the health of a network", "States, alerts and acts of healing; newest first, the last 500.");
        tenant.MapGet(HealthRoute + "/settings", SettingsAsync).RequireRole(Role.Reader).Describe<HealthSettings>("Get what is set for a network's health", "Whether it is healed.");
        tenant.MapPut(HealthRoute + "/settings", SetAsync).RequireRole(Role.Operator)
            .Describe<HealthSettings>("Set a network's health", "selfHealing=false: Baas only looks and tells.")
            .Accepts<HealthSettings>("application/json");
    }

    private static async Task<IResult> ListAsync(TenantName tenant, [AsParameters] PageQuery page, HealthQueries health, CancellationToken cancellationToken) =>
        Replies.Json(PageResource<HealthResource>.Of(await health.ListAsync(tenant, page.Checked(), cancellationToken), one => HealthResource.Of(one, withParts: false)));

    private static async Task<IResult> GetAsync(TenantName tenant, NetworkName network, HealthQueries health, CancellationToken cancellationToken) =>
        Replies.Json(HealthResource.Of(await health.GetAsync(new NetworkReference(tenant, network), cancellationToken), withParts: true));

    private static async Task<IResult> EventsAsync(TenantName tenant, NetworkName network, HealthQueries health, CancellationToken cancellationToken) =>
        Replies.Json(await health.EventsAsync(new NetworkReference(tenant, network), cancellationToken));

    private static async Task<IResult> SettingsAsync(TenantName tenant, NetworkName network, HealthQueries health, CancellationToken cancellationToken) =>
        Replies.Json(await health.SettingsAsync(new NetworkReference(tenant, network), cancellationToken));

    private static async Task<IResult> SetAsync(TenantName tenant, NetworkName network, HttpContext context, HealthQueries health, CancellationToken cancellationToken)
    {
        var settings = await Bodies.ReadJsonAsync<HealthSettings>(context.Request, cancellationToken);
        return Replies.Json(await health.SetAsync(new NetworkReference(tenant, network), settings, cancellationToken));
    }
}
