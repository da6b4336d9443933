using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Http;

/// <summary>Registers what the pipeline needs.</summary>
public static class ApiServices
{
    private const string Selector = "baas";

    /// <summary>Adds routing, authentication, authorization and the API's description.</summary>
    /// <param name="services">The container.</param>
    /// <param name="settings">Section <c>oidc</c>: <see cref="OidcOptions"/>.</param>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration settings)
    {
        var oidc = OidcOptions.Read(settings);
        services.AddRoutingCore();
        services.AddApiDescription();
        services.AddSingleton<IAuthorizationHandler, TenantRoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRules.ResultHandler>();
        services.AddAuthorization();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ApiDescription.Configure(options.SerializerOptions));
        services.AddWebEncoders();
        services.AddAuthenticationCore(options => options.DefaultScheme = Selector);

        // Not AddAuthentication: it also writes data protection keys to the user's home, which cookies would need and keys do not.
        var authentication = new AuthenticationBuilder(services)
            .AddPolicyScheme(Selector, null, selector => selector.ForwardDefaultSelector = context => SchemeFor(context.Request, oidc))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        if (oidc.Authority is not null)
        {
            authentication.AddOidc(oidc);
        }

        return services;
    }

    private static string SchemeFor(HttpRequest request, OidcOptions oidc) =>
        oidc.Authority is not null && ApiKeyAuthentication.TokenOf(request) is { } token && OidcTokens.MayBeToken(token)
            ? JwtBearerDefaults.AuthenticationScheme
            : ApiKeyAuthentication.SchemeName;
}
