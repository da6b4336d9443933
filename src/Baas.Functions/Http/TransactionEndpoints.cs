using Baas.Core.Networks;
using Baas.Core.Operations.Transactions;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of transactions.</summary>
internal static class TransactionEndpoints
{
    private const string Channel = "/networks/{network}/channels/{channel}";
    private const string Chaincode = Channel + "/chaincodes/{chaincode}";
    private const int IdLength = 64;

    public static void MapTransactions(this RouteGroupBuilder tenant)
    {
        tenant.MapPost(Chaincode + "/evaluate", EvaluateAsync).RequireRole(Role.Operator)
            .Describe<InvocationResource>("Evaluate a call", "Runs a function on one peer and answers what it returns; nothing is written.").Accepts<InvocationRequest>("application/json");
        tenant.MapPost(Chaincode + "/submit", SubmitAsync).RequireRole(Role.Operator)
            .Describe<InvocationResource>("Submit a transaction", "Answers when it is committed. 504 means that nothing is known of it: look it up, or repeat the request with the same Idempotency-Key.").Accepts<InvocationRequest>("application/json");
        tenant.MapGet(Channel + "/transactions/{transaction}", GetAsync).RequireRole(Role.Reader)
            .Describe<TransactionResource>("Get a transaction's status", "UNKNOWN when no peer has it yet.");
    }

    private static async Task<IResult> EvaluateAsync(
        TenantName tenant, NetworkName network, ChannelName channel, ChaincodeName chaincode, HttpContext context, TransactionOperations transactions, CancellationToken cancellationToken)
    {
        var request = await Bodies.ReadJsonAsync<InvocationRequest>(context.Request, Bodies.MaxInvocationBytes, cancellationToken);
        return Replies.Json(InvocationResource.Of(await transactions.EvaluateAsync(new(new(tenant, network), channel, request.Organization), Of(chaincode, request), cancellationToken)));
    }

    private static async Task<IResult> SubmitAsync(
        TenantName tenant, NetworkName network, ChannelName channel, ChaincodeName chaincode, HttpContext context, TransactionOperations transactions, CancellationToken cancellationToken)
    {
        var (request, text) = await Bodies.ReadJsonWithTextAsync<InvocationRequest>(context.Request, Bodies.MaxInvocationBytes, cancellationToken);
        var change = Parameters.Change(context, tenant, text);
        return Replies.Json(InvocationResource.Of(await transactions.SubmitAsync(new(new(tenant, network), channel, request.Organization), Of(chaincode, request), change, cancellationToken)));
    }

    private static async Task<IResult> GetAsync(
        TenantName tenant,
        NetworkName network,
        ChannelName channel,
        string transaction,
        [FromQuery] OrganizationName? organization,
        TransactionOperations transactions,
        CancellationToken cancellationToken)
    {
        if (transaction.Length != IdLength || !transaction.All(char.IsAsciiHexDigitLower))
        {
            throw new HttpProblemException(StatusCodes.Status400BadRequest, "transaction-id-invalid", $"cannot look for the transaction: an id has {IdLength} hexadecimal digits");
        }

        var target = new TransactionTarget(new(tenant, network), channel, organization);
        return Replies.Json(TransactionResource.Of(await transactions.FindAsync(target, transaction, cancellationToken)));
    }

    private static ChaincodeInvocation Of(ChaincodeName chaincode, InvocationRequest request) => new(
        chaincode,
        request.Function,
        request.Args ?? [],
        request.Transient?.ToDictionary(item => item.Key, item => (ReadOnlyMemory<byte>)item.Value) ?? [],
        request.EndorsingOrganizations ?? []);
}
