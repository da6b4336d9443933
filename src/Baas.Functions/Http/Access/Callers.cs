using System.Security.Claims;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;

namespace Baas.Functions.Http.Access;

/// <summary>Callers as claims and back.</summary>
internal static class Callers
{
    private const string Id = "baas:id";
    private const string RoleName = "baas:role";
    private const string Tenant = "baas:tenant";

    /// <summary>The principal of a caller.</summary>
    public static ClaimsPrincipal PrincipalOf(Caller caller, string scheme) => new(IdentityOf(caller, scheme));

    /// <summary>The claims of a caller.</summary>
    public static ClaimsIdentity IdentityOf(Caller caller, string scheme)
    {
        List<Claim> claims = [new(Id, caller.Id), new(RoleName, caller.Role.ToString())];
        if (caller.Tenant is { } tenant)
        {
            claims.Add(new(Tenant, tenant.Value));
        }

        return new ClaimsIdentity(claims, scheme);
    }

    /// <summary>The caller of an authenticated request.</summary>
    /// <exception cref="InvalidOperationException">The request is not authenticated, which its route should have asked for.</exception>
    public static Caller Of(ClaimsPrincipal principal) => Find(principal) ?? throw new InvalidOperationException("a route that needs a caller does not ask for a role");

    /// <summary>The caller; null when nobody was recognised.</summary>
    public static Caller? Find(ClaimsPrincipal principal) =>
        principal.FindFirstValue(Id) is { } id && Enum.TryParse<Role>(principal.FindFirstValue(RoleName), out var role)
            ? new Caller(id, role, principal.FindFirstValue(Tenant) is { } tenant ? TenantName.Parse(tenant) : null)
            : null;
}
