using Baas.Core.Networks;

namespace Baas.Functions.Http;

/// <summary>Asks for a new tenant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">What people call it. The default is its name.</param>
public sealed record TenantRequest(TenantName Name, string? DisplayName = null);
