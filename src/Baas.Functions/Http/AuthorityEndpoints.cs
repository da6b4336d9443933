using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of the certificate authorities that a tenant brings. No answer holds a key.</summary>
internal static class AuthorityEndpoints
{
    private const string AuthorityRoute = "/authorities/{authority}";

    public static void MapAuthorities(this RouteGroupBuilder tenant)
    {
        tenant.MapPut(AuthorityRoute, PutAsync).RequireRole(Role.Owner)
            .Describe<TenantAuthority>("Bring a certificate authority", "A root, or an intermediate with its chain; specifications name it as signingIssuer or tlsIssuer.")
            .Accepts<AuthorityRequest>("application/json");
        tenant.MapGet("/authorities", ListAsync).RequireRole(Role.Reader).Describe<IReadOnlyList<TenantAuthority>>("List certificate authorities", "Without their keys.");
        tenant.MapGet(AuthorityRoute, GetAsync).RequireRole(Role.Reader).Describe<TenantAuthority>("Get a certificate authority", "Without its key.");
        tenant.MapDelete(AuthorityRoute, DeleteAsync).RequireRole(Role.Owner).Describe<TenantAuthority>("Forget a certificate authority", "What it has issued stays.", 204);
    }

    private static async Task<IResult> PutAsync(TenantName tenant, CaName authority, HttpContext context, TenantAuthorities authorities, CancellationToken cancellationToken)
    {
        var request = await Bodies.ReadJsonAsync<AuthorityRequest>(context.Request, cancellationToken);
        return Replies.Json(await authorities.PutAsync(tenant, authority, request.Chain, request.PrivateKey, cancellationToken));
    }

    private static async Task<IResult> ListAsync(TenantName tenant, TenantAuthorities authorities, CancellationToken cancellationToken) =>
        Replies.Json(await authorities.ListAsync(tenant, cancellationToken));

    private static async Task<IResult> GetAsync(TenantName tenant, CaName authority, TenantAuthorities authorities, CancellationToken cancellationToken) =>
        Replies.Json(await authorities.GetAsync(tenant, authority, cancellationToken));

    private static async Task<IResult> DeleteAsync(TenantName tenant, CaName authority, TenantAuthorities authorities, CancellationToken cancellationToken)
    {
        await authorities.DeleteAsync(tenant, authority, cancellationToken);
        return Results.NoContent();
    }
}
