namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>What a chaincode answered instead of success.</summary>
/// <param name="Status">The status, 400 or more.</param>
/// <param name="Message">What it said.</param>
public sealed record ChaincodeRefusal(int Status, string Message);
