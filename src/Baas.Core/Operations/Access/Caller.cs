using Baas.Core.Networks;
using Baas.Core.Records;

namespace Baas.Core.Operations.Access;

/// <summary>Who asks.</summary>
/// <param name="Id">The id of an API key or the subject of a token; stands in records and logs.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Tenant">The only tenant that the caller may see; null for an admin.</param>
public sealed record Caller(string Id, Role Role, TenantName? Tenant)
{
    /// <summary>The service itself, where a timer or a queue begins something.</summary>
    /// <param name="part">Which part of it, such as <c>backup-schedule</c>.</param>
    public static Caller Service(string part) => new($"service:{part}", Role.Admin, null);

    /// <summary>Whether the caller may do what <paramref name="needed"/> may, for this tenant.</summary>
    public bool May(Role needed, TenantName tenant) => Role == Role.Admin || (Tenant == tenant && Role >= needed);
}
