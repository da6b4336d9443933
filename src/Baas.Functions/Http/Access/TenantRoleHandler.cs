using Baas.Core.Networks;
using Baas.Core.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http.Access;

/// <summary>Judges <see cref="TenantRole"/> before anything is looked up, so that a stranger learns nothing of what is there.</summary>
internal sealed class TenantRoleHandler : AuthorizationHandler<TenantRole>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, TenantRole requirement)
    {
        if (Callers.Find(context.User) is { } caller && context.Resource is HttpContext http)
        {
            var named = http.GetRouteValue("tenant") as string;
            var allowed = caller.Role == Role.Admin
                || (TenantName.TryParse(named, null, out var tenant) && caller.May(requirement.Needed, tenant));
            if (allowed)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}
