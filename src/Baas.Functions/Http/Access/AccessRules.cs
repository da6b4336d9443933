using Baas.Core;
using Baas.Core.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Baas.Functions.Http.Access;

/// <summary>How routes say who may use them, and what those hear who may not.</summary>
internal static class AccessRules
{
    /// <summary>Lets in only callers with at least this role for the path's tenant.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder route, Role needed)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(policy => policy.AddRequirements(new TenantRole(needed)));

    /// <summary>Answers refused callers with problems.</summary>
    internal sealed class ResultHandler : IAuthorizationMiddlewareResultHandler
    {
        /// <inheritdoc/>
        public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded)
            {
                await next(context);
                return;
            }

            if (Callers.Find(context.User) is null)
            {
                throw (await context.AuthenticateAsync()).Failure is BaasException failure // it could not even be looked whether the key works
                    ? failure
                    : new HttpProblemException(StatusCodes.Status401Unauthorized, "unauthenticated", "cannot tell who is asking: send a working API key as \"Authorization: Bearer baas_…\"");
            }

            throw new HttpProblemException(StatusCodes.Status403Forbidden, "forbidden", "cannot do this with your role, or not for this tenant");
        }
    }
}
