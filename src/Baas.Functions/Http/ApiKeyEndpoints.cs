using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of a tenant's API keys.</summary>
internal static class ApiKeyEndpoints
{
    private const int MaxDescription = 200;
    private const int MaxValidDays = 3650;

    public static void MapApiKeys(this RouteGroupBuilder tenant)
    {
        tenant.MapPost("/api-keys", CreateAsync).RequireRole(Role.Owner)
            .Describe<ApiKeyResource>("Create an API key", "The answer is the only place where the key ever stands.", 201).Accepts<ApiKeyRequest>("application/json");
        tenant.MapGet("/api-keys", ListAsync).RequireRole(Role.Owner).Describe<IReadOnlyList<ApiKeyResource>>("List API keys", "Without the keys themselves.");
        tenant.MapDelete("/api-keys/{id}", RevokeAsync).RequireRole(Role.Owner).Describe<ApiKeyResource>("Revoke an API key", "It stops to work at once.", 204);
    }

    private static async Task<IResult> CreateAsync(TenantName tenant, HttpContext context, TenantOperations tenants, ApiKeys keys, CancellationToken cancellationToken)
    {
        var request = await Bodies.ReadJsonAsync<ApiKeyRequest>(context.Request, cancellationToken);
        Check(request);
        await tenants.GetAsync(tenant, cancellationToken);
        var validity = request.ValidDays is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null;
        var issued = await keys.CreateAsync(request.Role, tenant, request.Description ?? "", validity, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return Replies.Json(ApiKeyResource.Of(issued.Record, issued.Key), StatusCodes.Status201Created);
    }

    private static void Check(ApiKeyRequest request)
    {
        if (request.Role == Role.Admin)
        {
            throw new RefusedException(RefusalKind.Invalid, "role-invalid", "cannot create API key: a tenant's keys are for reader, operator or owner");
        }

        if (request.Description?.Length > MaxDescription || request.ValidDays is < 1 or > MaxValidDays)
        {
            throw new RefusedException(
                RefusalKind.Invalid, "api-key-invalid", $"cannot create API key: description takes {MaxDescription} characters, validDays is 1 to {MaxValidDays}");
        }
    }

    private static async Task<IResult> ListAsync(TenantName tenant, ApiKeys keys, CancellationToken cancellationToken) =>
        Replies.Json((await keys.ListAsync(tenant, cancellationToken)).Select(key => ApiKeyResource.Of(key)).ToList());

    private static async Task<IResult> RevokeAsync(TenantName tenant, string id, ApiKeys keys, CancellationToken cancellationToken)
    {
        await keys.RevokeAsync(tenant, id, cancellationToken);
        return Results.NoContent();
    }
}
