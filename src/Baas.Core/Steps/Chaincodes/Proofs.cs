using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Networks;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>What the steps of verifications share.</summary>
internal static class Proofs
{
    /// <summary>For steps that look instead of waiting; a peer that has a transaction tells of it at once.</summary>
    public static GatewayDeadlines Deadlines { get; } = new() { CommitStatus = TimeSpan.FromSeconds(2) };

    /// <summary>What became of a transaction; null when no peer has it yet.</summary>
    /// <exception cref="CommitStatusException">No peer can be asked.</exception>
    public static async Task<CommitOutcome?> LookAsync(GatewayClient client, ChaincodeSpec chaincode, string transactionId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Channel(chaincode.Channel.Value).CommitStatusAsync(transactionId, cancellationToken);
        }
        catch (CommitStatusException failure) when (failure.IsTimeout)
        {
            return null;
        }
    }

    /// <summary>What is submitted.</summary>
    public static ChaincodeRequest RequestOf(ChaincodeSpec chaincode) =>
        chaincode.Verify is { } verify ? ChaincodeRequest.Of(verify.Function, verify.Args) : throw new ArgumentException("nothing is to be verified", nameof(chaincode));
}
