using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Networks;

namespace Baas.Core.Operations.Transactions;

/// <summary>Evaluates and submits transactions on a network, and tells what became of them. No workflow: the ledger itself is the record.</summary>
internal sealed class TransactionOperations(NetworkGateways gateways, KeyedSubmissions keyed, GatewayDeadlines deadlines)
{
    private static readonly string[] SystemChaincodes = ["cscc", "qscc"];

    /// <summary>Runs a function and gives what it returns; nothing is written.</summary>
    /// <exception cref="RefusedException">The network is not there or not ready, or the call fails.</exception>
    public Task<ReadOnlyMemory<byte>> EvaluateAsync(TransactionTarget target, ChaincodeInvocation invocation, CancellationToken cancellationToken) =>
        WithChaincodeAsync(target, invocation, async (_, chaincode, call) => await chaincode.EvaluateAsync(call, cancellationToken), cancellationToken);

    /// <summary>Submits a transaction and waits until it is committed. Requests with the same idempotency key get the outcome of one transaction.</summary>
    /// <exception cref="RefusedException">
    /// The network is not there or not ready, or the transaction fails, or (<see cref="RefusalKind.TimedOut"/>) nothing was heard of it, or the key stood on another request.
    /// </exception>
    public Task<SubmittedTransaction> SubmitAsync(TransactionTarget target, ChaincodeInvocation invocation, ChangeRequest change, CancellationToken cancellationToken) =>
        WithChaincodeAsync(
            target,
            invocation,
            async (client, chaincode, call) =>
            {
                var (id, result, block) = change.IdempotencyKey is { } key
                    ? await keyed.SubmitAsync(change, key, target.Network, client, chaincode, call, cancellationToken)
                    : await chaincode.SubmitAsync(call, cancellationToken);
                return new SubmittedTransaction(id, result, block);
            },
            cancellationToken);

    /// <summary>What is known of a transaction now. That no peer knows it yet is an answer, too.</summary>
    /// <exception cref="RefusedException">The network is not there or not ready, or no peer answers.</exception>
    public async Task<TransactionState> FindAsync(TransactionTarget target, string transactionId, CancellationToken cancellationToken)
    {
        var (_, asker) = await gateways.FindAsync(target, cancellationToken);
        var (client, signer) = await gateways.OpenAsync(target.Network, asker.Name, deadlines, cancellationToken);
        using (client)
        using (signer)
        {
            try
            {
                var outcome = await client.Channel(target.Channel.Value).LookAsync(transactionId, cancellationToken);
                return new TransactionState(transactionId, outcome?.CodeName, outcome?.BlockNumber);
            }
            catch (GatewayException failure)
            {
                throw new RefusedException(RefusalKind.Unavailable, failure.Code, failure.Message);
            }
        }
    }

    private async Task<TResult> WithChaincodeAsync<TResult>(
        TransactionTarget target, ChaincodeInvocation invocation, Func<GatewayClient, GatewayChaincode, ChaincodeRequest, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var (spec, asker) = await gateways.FindAsync(target, cancellationToken);
        var request = RequestOf(spec, target, invocation);
        var (client, signer) = await gateways.OpenAsync(target.Network, asker.Name, deadlines, cancellationToken);
        using (client)
        using (signer)
        {
            try
            {
                return await work(client, client.Channel(target.Channel.Value).Chaincode(invocation.Chaincode.Value), request);
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
