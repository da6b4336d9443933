using System.Security.Claims;
using Baas.Core.Networks;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baas.Functions.Http.Access;

/// <summary>Takes the provider's tokens for callers. The library checks signature, issuer, audience and times.</summary>
internal static class OidcTokens
{
    /// <summary>Adds the scheme.</summary>
    public static AuthenticationBuilder AddOidc(this AuthenticationBuilder authentication, OidcOptions options)
    {
        authentication.Services.TryAddSingleton<IAuthenticationConfigurationProvider, OwnSettings>();
        return authentication.AddJwtBearer(bearer => Configure(bearer, options));
    }

    private static void Configure(JwtBearerOptions bearer, OidcOptions options)
    {
        bearer.RequireHttpsMetadata = !(Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && authority.IsLoopback); // a provider on a desk
        bearer.Authority = options.Authority;
        bearer.Audience = options.Audience;
        bearer.MapInboundClaims = false;
        bearer.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = failed => ExplainAsync(failed, options),
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
    }

    /// <summary>A provider that does not answer makes no token wrong; the library does not tell these two apart.</summary>
    private static async Task ExplainAsync(AuthenticationFailedContext failed, OidcOptions options)
    {
        try
        {
            await (failed.Options.ConfigurationManager?.GetConfigurationAsync(failed.HttpContext.RequestAborted) ?? Task.CompletedTask);
        }
        catch (InvalidOperationException unreachable)
        {
            failed.Fail(new HttpProblemException(
                StatusCodes.Status503ServiceUnavailable, "oidc-unreachable", $"cannot check the token: the provider of setting \"oidc:authority\", {options.Authority}, does not tell its keys", unreachable));
        }
    }

    /// <summary>Whether this text has the shape of a token, so that the provider is asked for its keys.</summary>
    internal static bool MayBeToken(string text) => text.Count(letter => letter == '.') == 2 && !text.StartsWith("baas_", StringComparison.Ordinal);

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

    /// <summary>The library asks for settings of its own; it finds none, since <see cref="OidcOptions"/> are all that there are.</summary>
    private sealed class OwnSettings : IAuthenticationConfigurationProvider
    {
        /// <inheritdoc/>
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
