using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>A chaincode definition and its servers, one for each member organization.</summary>
/// <param name="Chaincode">The definition.</param>
/// <param name="Ordering">The ordering service, through which approvals and the commit go.</param>
/// <param name="Members">The channel's member organizations.</param>
/// <param name="Replaces">The definition that this one follows; null for sequence 1.</param>
public sealed record AddChaincode(ChaincodeSpec Chaincode, OrderingSpec Ordering, IReadOnlyList<OrganizationSpec> Members, ChaincodeSpec? Replaces) : NetworkChange
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "addChaincode";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Subject => $"{Chaincode.Name} on {Chaincode.Channel}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => $"chaincode {Chaincode.Name} {Chaincode.Version} (sequence {Chaincode.Sequence}) on {Chaincode.Channel}";
}
