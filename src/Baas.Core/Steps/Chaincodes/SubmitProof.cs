using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>
/// Submits the transaction that proves a chaincode. It is stored, endorsed and signed, before it is submitted: a second run
/// submits the same one again, and an id counts once. One that was committed without effect is made anew. Peers hear of each other
/// some seconds after a chaincode was committed: until then the endorsements of several organizations cannot be had.
/// </summary>
internal sealed class SubmitProof(FabricAccess access, ArtifactStore artifacts, TimeProvider clock) : IUndoableStep<SubmitProof.Input, SubmitProof.Seen>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, chaincode, peers) = input;
        using var gateway = await access.GatewayAsync(network, peers, new GatewayDeadlines(), clock, cancellationToken);
        if (await artifacts.FindProofAsync(network, chaincode, cancellationToken) is { } stored)
        {
            var former = gateway.Client.Transaction(stored);
            var seen = await gateway.Client.Channel(chaincode.Channel.Value).LookAsync(former.TransactionId, cancellationToken);
            if (seen?.IsValid == true)
            {
                return Seen.Of(former);
            }

            if (seen is null)
            {
                await former.SubmitAsync(cancellationToken);
                return Seen.Of(former);
            }

            await artifacts.DeleteProofAsync(network, chaincode, cancellationToken);
        }

        try
        {
            var endorsed = await gateway.Client.Channel(chaincode.Channel.Value).Chaincode(chaincode.Name.Value).Propose(RequestOf(chaincode)).EndorseAsync(cancellationToken);
            var transaction = gateway.Client.Transaction(await artifacts.AddProofAsync(network, chaincode, endorsed.Sign().ToBytes(), cancellationToken));
            await transaction.SubmitAsync(cancellationToken);
            return Seen.Of(transaction);
        }
        catch (EndorseException failure) when (failure.Code == EndorseException.Unsatisfied)
        {
            return new Seen(false, failure.Message, null);
        }
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => artifacts.DeleteProofAsync(input.Network, input.Chaincode, cancellationToken);

    private static ChaincodeRequest RequestOf(ChaincodeSpec chaincode) =>
        chaincode.Verify is { } verify ? ChaincodeRequest.Of(verify.Function, verify.Args) : throw new ArgumentException("nothing is to be verified", nameof(chaincode));

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Chaincode">The chaincode, with what to submit.</param>
    /// <param name="Peers">Peers of one member organization.</param>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<NodeEndpoint> Peers) : IStepInput<SubmitProof.Seen>
    {
        /// <inheritdoc/>
        public string Subject => $"{Chaincode.Name} on {Chaincode.Channel}";
    }

    /// <summary>Whether it was submitted.</summary>
    /// <param name="Holds">Whether it was.</param>
    /// <param name="Detail">Which endorsements are missing.</param>
    /// <param name="TransactionId">The transaction; null when it does not hold.</param>
    public sealed record Seen(bool Holds, string Detail, string? TransactionId) : Observation(Holds, Detail)
    {
        internal static Seen Of(GatewayTransaction transaction) => new(true, "", transaction.TransactionId);
    }
}
