using Baas.Core.Records;

namespace Baas.Functions.Http;

/// <summary>Asks for a new API key.</summary>
/// <param name="Role">What it may do: <c>reader</c>, <c>operator</c> or <c>owner</c>.</param>
/// <param name="Description">What it is for, for people.</param>
/// <param name="ValidDays">How many days it works, 1 to 3650; absent for ever.</param>
public sealed record ApiKeyRequest(Role Role, string? Description = null, int? ValidDays = null);
