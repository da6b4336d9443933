using Baas.Core.Records;
using Microsoft.AspNetCore.Authorization;

namespace Baas.Functions.Http.Access;

/// <summary>What a route asks of its caller: a role for the tenant in the path, or over all when the path has none.</summary>
/// <param name="needed">The least role.</param>
internal sealed class TenantRole(Role needed) : IAuthorizationRequirement
{
    /// <summary>The least role.</summary>
    public Role Needed { get; } = needed;
}
