using Baas.Core.Networks;

namespace Baas.Functions.Http;

/// <summary>A call of a chaincode.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Args">Its arguments. The default is none.</param>
/// <param name="Organization">The member organization as whose client user Baas asks. The default is the channel's first member.</param>
/// <param name="Transient">What endorsers are told but the ledger never sees: base64 by name. The default is nothing.</param>
/// <param name="EndorsingOrganizations">Whose peers run it. The default is that the gateway finds out.</param>
public sealed record InvocationRequest(
    string Function,
    IReadOnlyList<string>? Args = null,
    OrganizationName? Organization = null,
    IReadOnlyDictionary<string, byte[]>? Transient = null,
    IReadOnlyList<OrganizationName>? EndorsingOrganizations = null)
{
    /// <summary>Says nothing of the arguments.</summary>
    public override string ToString() => $"InvocationRequest of {Function}";
}
