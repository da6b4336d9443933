using Baas.Core.Networks;

namespace Baas.Core.Health;

/// <summary>What health needs to know of a renewal of certificates that has failed and was not followed by one that ended well.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Message">Why it failed.</param>
public sealed record RenewalFacts(OperationId Operation, string Message);
