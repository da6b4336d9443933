using System.Text.Encodings.Web;
using Baas.Core;
using Baas.Core.Operations.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Http.Access;

/// <summary>Recognises callers by <c>Authorization: Bearer baas_…</c>.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    /// <summary>The bearer token of a request; null when it has none.</summary>
    public static string? TokenOf(Microsoft.AspNetCore.Http.HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            return await keys.AuthenticateAsync(token, Context.RequestAborted) is { } caller
                ? AuthenticateResult.Success(new AuthenticationTicket(Callers.PrincipalOf(caller, SchemeName), SchemeName))
                : AuthenticateResult.Fail("the API key does not work");
        }
        catch (BaasException failure)
        {
            return AuthenticateResult.Fail(failure); // thrown, it would pass by the pipeline's own border: a host may authenticate before it
        }
    }
}
