using System.Security.Claims;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Http.Access;

/// <summary>Takes the provider's tokens for callers. The library checks signature, issuer, audience and times.</summary>
internal static class OidcTokens
{
    /// <summary>Adds the scheme.</summary>
    public static AuthenticationBuilder AddOidc(this AuthenticationBuilder authentication, OidcOptions options) => authentication.AddJwtBearer(bearer =>
    {
        bearer.Authority = options.Authority;
        bearer.Audience = options.Audience;
        bearer.MapInboundClaims = false;
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = validated =>
            {
                if (CallerOf(validated.Principal!, options) is { } caller) // a validated token has a principal
                {
                    validated.Principal = Callers.PrincipalOf(caller, JwtBearerDefaults.AuthenticationScheme);
                }
                else
                {
                    validated.Fail("the token names no role and tenant of this service");
                }

                return Task.CompletedTask;
            },
        };
    });

    /// <summary>The caller whom a valid token names; null when its claims give no role or, but for admins, no tenant.</summary>
    internal static Caller? CallerOf(ClaimsPrincipal principal, OidcOptions options)
    {
        var subject = principal.FindFirstValue("sub");
        if (subject is null || !Enum.TryParse<Role>(principal.FindFirstValue(options.RoleClaim), ignoreCase: true, out var role) || !Enum.IsDefined(role))
        {
            return null;
        }

        if (role == Role.Admin)
        {
            return new Caller($"oidc:{subject}", role, null);
        }

        return TenantName.TryParse(principal.FindFirstValue(options.TenantClaim), null, out var tenant) ? new Caller($"oidc:{subject}", role, tenant) : null;
    }
}
