using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>What is on record about a tenant.</summary>
/// <param name="Name">The tenant's name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record TenantRecord(TenantName Name, string DisplayName, DateTimeOffset CreatedAt);
