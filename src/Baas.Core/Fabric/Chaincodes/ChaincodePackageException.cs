namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Bytes that are no chaincode package a peer would accept, or that are too large to look into.</summary>
/// <param name="cause">What is wrong with them.</param>
/// <param name="failure">What was caught, when there was something.</param>
internal sealed class ChaincodePackageException(string cause, Exception? failure = null)
    : BaasException("invalid-chaincode-package", $"cannot read chaincode package: {cause}", failure);
