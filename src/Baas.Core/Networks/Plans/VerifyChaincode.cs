using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>One transaction that proves that a chaincode works.</summary>
/// <param name="Chaincode">The definition, which says what to submit.</param>
/// <param name="Members">The channel's member organizations.</param>
public sealed record VerifyChaincode(ChaincodeSpec Chaincode, IReadOnlyList<OrganizationSpec> Members) : NetworkChange
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "verifyChaincode";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Subject => $"{Chaincode.Name} on {Chaincode.Channel}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"a transaction that proves chaincode {Chaincode.Name} {Chaincode.Version} on {Chaincode.Channel}";
}
