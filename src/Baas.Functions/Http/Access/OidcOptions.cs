using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Http.Access;

/// <summary>Bearer tokens of an OpenID Connect provider, beside API keys.</summary>
public sealed class OidcOptions
{
    /// <summary>The provider's address, such as <c>https://login.example.com/</c>. The default is none: only API keys are taken.</summary>
    public string? Authority { get; set; }

    /// <summary>The audience that tokens must be for. The default is <c>baas</c>.</summary>
    public string Audience { get; set; } = "baas";

    /// <summary>The claim that holds the role: <c>reader</c>, <c>operator</c>, <c>owner</c> or <c>admin</c>. The default is <c>baas_role</c>.</summary>
    public string RoleClaim { get; set; } = "baas_role";

    /// <summary>The claim that holds the tenant's name; not needed for admins. The default is <c>baas_tenant</c>.</summary>
    public string TenantClaim { get; set; } = "baas_tenant";

    /// <summary>Reads the section <c>oidc</c>.</summary>
    /// <exception cref="OptionsValidationException">The provider's address is none.</exception>
    internal static OidcOptions Read(IConfiguration settings)
    {
        var options = settings.GetSection("oidc").Get<OidcOptions>() ?? new OidcOptions();
        var isAddress = Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && (authority.Scheme == Uri.UriSchemeHttps || authority.IsLoopback);
        return options.Authority is null || isAddress
            ? options
            : throw new OptionsValidationException("oidc", typeof(OidcOptions), [$"setting \"oidc:authority\" is \"{options.Authority}\"; it has to be an address like https://login.example.com/"]);
    }
}
