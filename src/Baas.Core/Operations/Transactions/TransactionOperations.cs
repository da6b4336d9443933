using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Networks;

namespace Baas.Core.Operations.Transactions;

/// <summary>Evaluates and submits transactions on a network, and tells what became of them. No workflow: the ledger itself is the record.</summary>
internal sealed class TransactionOperations(NetworkGateways gateways)
{
    // For one look: a transaction that a peer has is told of at once.
    private static readonly GatewayDeadlines Look = new() { CommitStatus = TimeSpan.FromSeconds(3) };

    private static readonly string[] SystemChaincodes = ["cscc", "qscc"];

    /// <summary>Runs a function and gives what it returns; nothing is written.</summary>
    /// <exception cref="RefusedException">The network is not there or not ready, or the call fails.</exception>
    public Task<ReadOnlyMemory<byte>> EvaluateAsync(TransactionTarget target, ChaincodeInvocation invocation, CancellationToken cancellationToken) =>
        WithChaincodeAsync(target, invocation, async (chaincode, request) => await chaincode.EvaluateAsync(request, cancellationToken), cancellationToken);

    /// <summary>Submits a transaction and waits until it is committed.</summary>
    /// <exception cref="RefusedException">The network is not there or not ready, or the transaction fails, or (<see cref="RefusalKind.TimedOut"/>) nothing was heard of it.</exception>
    public Task<SubmittedTransaction> SubmitAsync(TransactionTarget target, ChaincodeInvocation invocation, CancellationToken cancellationToken) =>
        WithChaincodeAsync(
            target,
            invocation,
            async (chaincode, request) =>
            {
                var (id, result, block) = await chaincode.SubmitAsync(request, cancellationToken);
                return new SubmittedTransaction(id, result, block);
            },
            cancellationToken);

    /// <summary>What is known of a transaction now. That no peer knows it yet is an answer, too.</summary>
    /// <exception cref="RefusedException">The network is not there or not ready, or no peer answers.</exception>
    public async Task<TransactionState> FindAsync(TransactionTarget target, string transactionId, CancellationToken cancellationToken)
    {
        var (_, asker) = await gateways.FindAsync(target, cancellationToken);
        var (client, signer) = await gateways.OpenAsync(target.Network, asker.Name, Look, cancellationToken);
        using (client)
        using (signer)
        {
            try
            {
                var outcome = await client.Channel(target.Channel.Value).CommitStatusAsync(transactionId, cancellationToken);
                return new TransactionState(transactionId, outcome.CodeName, outcome.BlockNumber);
            }
            catch (CommitStatusException failure) when (failure.IsTimeout)
            {
                return new TransactionState(transactionId, null, null);
            }
            catch (GatewayException failure)
            {
                throw new RefusedException(RefusalKind.Unavailable, failure.Code, failure.Message);
            }
        }
    }

    private async Task<TResult> WithChaincodeAsync<TResult>(
        TransactionTarget target, ChaincodeInvocation invocation, Func<GatewayChaincode, ChaincodeRequest, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var (spec, asker) = await gateways.FindAsync(target, cancellationToken);
        var request = RequestOf(spec, target, invocation);
        var (client, signer) = await gateways.OpenAsync(target.Network, asker.Name, new GatewayDeadlines(), cancellationToken);
        using (client)
        using (signer)
        {
            try
            {
                return await work(client.Channel(target.Channel.Value).Chaincode(invocation.Chaincode.Value), request);
            }
            catch (BaasException failure) when (failure is GatewayException or CommitException)
            {
                throw TransactionRefusals.Of(failure);
            }
        }
    }

    private static ChaincodeRequest RequestOf(NetworkSpec spec, TransactionTarget target, ChaincodeInvocation invocation)
    {
        var name = invocation.Chaincode;
        if (!SystemChaincodes.Contains(name.Value) && spec.Chaincodes.All(chaincode => chaincode.Name != name || chaincode.Channel != target.Channel))
        {
            throw new RefusedException(RefusalKind.NotFound, "chaincode-not-found", $"cannot find chaincode \"{name}\" on channel \"{target.Channel}\"");
        }

        var channel = spec.Channels.First(channel => channel.Name == target.Channel);
        return ChaincodeRequest.Of(invocation.Function, invocation.Arguments) with
        {
            Transient = invocation.Transient,
            EndorsingOrganizations = [.. invocation.EndorsingOrganizations.Select(organization => NetworkGateways.Member(spec, channel, organization).MspId.Value)],
        };
    }
}
