using Baas.Core.Networks;

namespace Baas.Core.Operations.Exports;

/// <summary>A chaincode in a topology.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version text.</param>
/// <param name="Sequence">Its definition's sequence.</param>
public sealed record TopologyChaincode(ChaincodeName Name, ChaincodeVersion Version, int Sequence)
{
    internal static TopologyChaincode Of(ChaincodeSpec chaincode) => new(chaincode.Name, chaincode.Version, chaincode.Sequence);
}
