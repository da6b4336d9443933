using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>The channel has another definition of the chaincode than the one that is asked for; it stays as it is.</summary>
/// <param name="channel">The channel.</param>
/// <param name="chaincode">The chaincode.</param>
/// <param name="cause">In what they differ.</param>
internal sealed class ChaincodeDefinitionException(ChannelName channel, string chaincode, string cause)
    : BaasException("chaincode-definition-conflict", $"cannot commit chaincode \"{chaincode}\" on channel \"{channel}\": {cause}");
