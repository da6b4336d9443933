using Baas.Core.Fabric.Gateway;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Reads the transaction that proves a chaincode from the ledger, and evaluates what the specification asks for after it.</summary>
internal sealed class ReadProof(FabricAccess access, TimeProvider clock) : IStep<ReadProof.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, chaincode, peers, id, _) = input;
        using var gateway = await access.GatewayAsync(network, peers, new GatewayDeadlines(), clock, cancellationToken);
        var channel = gateway.Client.Channel(chaincode.Channel.Value);
        await channel.Chaincode("qscc").EvaluateAsync("GetTransactionByID", [channel.Name, id], cancellationToken);
        if (chaincode.Verify?.Query is { } query)
        {
            await channel.Chaincode(chaincode.Name.Value).EvaluateAsync(query.Function, query.Args, cancellationToken);
        }

        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<NodeEndpoint> Peers, string TransactionId, string? Block) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"transaction {TransactionId} of {Chaincode.Name} in block {Block}";
    }
}
