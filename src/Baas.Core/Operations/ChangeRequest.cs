using Baas.Core.Networks;
using Baas.Core.Operations.Access;

namespace Baas.Core.Operations;

/// <summary>What every request that changes something carries.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Tenant">For which tenant.</param>
/// <param name="IdempotencyKey">The caller's key; null when none was given.</param>
/// <param name="RequestHash">SHA-256 of method, path and body, lower-case hex: tells a repetition from another request with the same key.</param>
public sealed record ChangeRequest(Caller Caller, TenantName Tenant, string? IdempotencyKey, string RequestHash);
