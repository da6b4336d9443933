using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of tenants.</summary>
internal static class TenantEndpoints
{
    private const int MaxDisplayName = 100;

    public static void MapTenants(this RouteGroupBuilder api)
    {
        api.MapPost("/tenants", CreateAsync).RequireRole(Role.Admin).Describe<TenantRecord>("Create a tenant", "For admins.", 201).Accepts<TenantRequest>("application/json");
        api.MapGet("/tenants", ListAsync).RequireRole(Role.Admin).Describe<PageResource<TenantRecord>>("List tenants", "For admins.");
        api.MapGet("/tenants/{tenant}", GetAsync).RequireRole(Role.Reader).Describe<TenantRecord>("Get a tenant", "");
        api.MapDelete("/tenants/{tenant}", DeleteAsync).RequireRole(Role.Admin).Describe<TenantRecord>("Delete a tenant", "For admins; its networks have to be deleted first.", 204);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, TenantOperations tenants, CancellationToken cancellationToken)
    {
        var request = await Bodies.ReadJsonAsync<TenantRequest>(context.Request, cancellationToken);
        if (request.DisplayName?.Length > MaxDisplayName)
        {
            throw new RefusedException(RefusalKind.Invalid, "display-name-too-long", $"cannot create tenant \"{request.Name}\": displayName has more than {MaxDisplayName} characters");
        }

        var tenant = await tenants.CreateAsync(request.Name, request.DisplayName, cancellationToken);
        context.Response.Headers.Location = $"/api/v1/tenants/{tenant.Name}";
        return Replies.Json(tenant, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, TenantOperations tenants, CancellationToken cancellationToken) =>
        Replies.Json(PageResource<TenantRecord>.Of(await tenants.ListAsync(page.Checked(), cancellationToken), tenant => tenant));

    private static async Task<IResult> GetAsync(TenantName tenant, TenantOperations tenants, CancellationToken cancellationToken) =>
        Replies.Json(await tenants.GetAsync(tenant, cancellationToken));

    private static async Task<IResult> DeleteAsync(TenantName tenant, TenantOperations tenants, CancellationToken cancellationToken)
    {
        await tenants.DeleteAsync(tenant, cancellationToken);
        return Results.NoContent();
    }
}
