using System.Collections.Concurrent;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Fabric.Transport;
using Baas.Core.Tests.Fabric.Gateway;
using Baas.Core.Tests.Fabric.Transport;

namespace Baas.Core.Tests.Operations.Transactions;

/// <summary>Two gateways with one ledger behind them, which tells of what was ordered and lets others wait for what was not.</summary>
internal sealed class LedgerFixture : IAsyncDisposable
{
    private LedgerFixture(GatewayFixture gateways) => Gateways = gateways;

    public GatewayFixture Gateways { get; }

    /// <summary>What orderers were given, oldest first.</summary>
    public ConcurrentQueue<string> Ordered { get; } = [];

    public Cut Cut { get; set; }

    public TxValidationCode Verdict { get; set; } = TxValidationCode.Valid;

    /// <summary>Whether the chaincode refuses.</summary>
    public bool IsRefusing { get; set; }

    public static async Task<LedgerFixture> StartAsync()
    {
        var ledger = new LedgerFixture(await GatewayFixture.StartAsync());
        foreach (var gateway in new[] { ledger.Gateways.First, ledger.Gateways.Second })
        {
            var endorse = gateway.HandlerOf(FabricMethods.Endorse);
            gateway.Handle(FabricMethods.Endorse, (context, request) =>
            {
                if (!ledger.IsRefusing)
                {
                    return endorse(context, request);
                }

                TestNode.End(context, (int)GrpcStatus.Aborted, "chaincode response 500, no");
                return Task.CompletedTask;
            });
            gateway.Handle(FabricMethods.Submit, ledger.SubmitAsync);
            gateway.Handle(FabricMethods.CommitStatus, ledger.TellAsync);
        }

        return ledger;
    }

    public ValueTask DisposeAsync() => Gateways.DisposeAsync();

    private async Task SubmitAsync(Microsoft.AspNetCore.Http.HttpContext context, byte[] request)
    {
        if (Cut is Cut.BeforeOrdering)
        {
            context.Abort();
            return;
        }

        Ordered.Enqueue(SubmitRequest.Parser.ParseFrom(request).TransactionId);
        if (Cut is Cut.AfterOrdering)
        {
            context.Abort();
            return;
        }

        await TestNode.WriteAsync(context, new SubmitResponse());
        TestNode.End(context, 0);
    }

    private async Task TellAsync(Microsoft.AspNetCore.Http.HttpContext context, byte[] request)
    {
        var id = CommitStatusRequest.Parser.ParseFrom(SignedCommitStatusRequest.Parser.ParseFrom(request).Request).TransactionId;
        if (Cut is not Cut.Nowhere || !Ordered.Contains(id))
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        await TestNode.WriteAsync(context, new CommitStatusResponse { Result = Verdict, BlockNumber = 7 });
        TestNode.End(context, 0);
    }
}
