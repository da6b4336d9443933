using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Gateway;
using Baas.Core.Fabric.Protos.Orderer;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Peers;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Gateway;

/// <summary>The gateway of a peer: what applications talk to.</summary>
internal sealed class GatewayService(PeerNode peer)
{
    private readonly EndorsementCollector _collector = new(peer);
    private readonly OrdererSender _orderers = new(peer);

    /// <summary>Adds the gateway's methods to those of the peer.</summary>
    public void AddTo(Dictionary<string, Func<GrpcExchange, Task>> methods)
    {
        methods["/gateway.Gateway/Evaluate"] = EvaluateAsync;
        methods["/gateway.Gateway/Endorse"] = async call => await call.WriteAsync(new EndorseResponse { PreparedTransaction = _collector.Collect(await RequestAsync(call, EndorseRequest.Parser)) });
        methods["/gateway.Gateway/Submit"] = SubmitAsync;
        methods["/gateway.Gateway/CommitStatus"] = CommitStatusAsync;
        methods["/gateway.Gateway/ChaincodeEvents"] = ChaincodeEventsAsync;
    }

    private static async Task<T> RequestAsync<T>(GrpcExchange call, MessageParser<T> parser)
        where T : class, IMessage<T> =>
        await call.ReadAsync(parser) ?? throw new GrpcFailure(GrpcStatusCode.InvalidArgument, "a request is required");

    private async Task EvaluateAsync(GrpcExchange call)
    {
        var request = await RequestAsync(call, EvaluateRequest.Parser);
        var channel = GatewayFailures.DemandChannel(peer, request.ChannelId);
        var signed = request.ProposedTransaction ?? throw new GrpcFailure(GrpcStatusCode.InvalidArgument, "failed to unpack transaction proposal: a signed proposal is required");
        var targets = request.TargetOrganizations;
        var evaluator = targets.Count == 0 || targets.Contains(peer.Msp.Id)
            ? peer
            : peer.Cluster.OnePerOrganization(channel).FirstOrDefault(candidate => targets.Contains(candidate.Msp.Id))
                ?? throw new GrpcFailure(GrpcStatusCode.FailedPrecondition, $"no endorsing peers found for org(s) {string.Join(", ", targets)}");
        await call.WriteAsync(new EvaluateResponse { Result = EndorsementCollector.Ask(evaluator, signed, "evaluate call to endorser returned error").Response });
    }

    private async Task SubmitAsync(GrpcExchange call)
    {
        var request = await RequestAsync(call, SubmitRequest.Parser);
        if (request.PreparedTransaction is not { Signature.IsEmpty: false } transaction)
        {
            throw new GrpcFailure(GrpcStatusCode.InvalidArgument, "a prepared transaction is required and must be signed");
        }

        await _orderers.SendAsync(GatewayFailures.DemandChannel(peer, request.ChannelId), transaction, call.Aborted);
        await call.WriteAsync(new SubmitResponse());
    }

    private async Task CommitStatusAsync(GrpcExchange call)
    {
        var signed = await RequestAsync(call, SignedCommitStatusRequest.Parser);
        var request = GatewayFailures.Parse(signed.Request, CommitStatusRequest.Parser);
        if (request.TransactionId.Length == 0)
        {
            throw new GrpcFailure(GrpcStatusCode.InvalidArgument, "transaction ID should not be empty");
        }

        var channel = Authorize(request.ChannelId, "gateway/CommitStatus", new SignedData(request.Identity, signed.Request, signed.Signature));
        var (block, code) = await channel.WaitForAsync(request.TransactionId, call.Aborted);
        await call.WriteAsync(new CommitStatusResponse { Result = code, BlockNumber = block });
    }

    private async Task ChaincodeEventsAsync(GrpcExchange call)
    {
        var signed = await RequestAsync(call, SignedChaincodeEventsRequest.Parser);
        var request = GatewayFailures.Parse(signed.Request, ChaincodeEventsRequest.Parser);
        var channel = Authorize(request.ChannelId, "gateway/ChaincodeEvents", new SignedData(request.Identity, signed.Request, signed.Signature));
        var isAfter = request.AfterTransactionId.Length == 0;
        for (var number = FirstOf(request.StartPosition, channel.Store.Height); ; number++)
        {
            var block = await channel.Store.ReadAsync(number, call.Aborted);
            var response = new ChaincodeEventsResponse { BlockNumber = number };
            foreach (var (transaction, found) in EventsOf(block))
            {
                if (isAfter && found?.ChaincodeId == request.ChaincodeId)
                {
                    response.Events.Add(found);
                }

                // What was seen up to this transaction is not sent again; only the first block can hold it.
                isAfter |= transaction == request.AfterTransactionId;
            }

            isAfter = true;
            if (response.Events.Count > 0)
            {
                await call.WriteAsync(response);
            }
        }
    }

    private static ulong FirstOf(SeekPosition? start, ulong height) => start?.TypeCase switch
    {
        SeekPosition.TypeOneofCase.Oldest => 0,
        SeekPosition.TypeOneofCase.Specified => start.Specified.Number,
        SeekPosition.TypeOneofCase.Newest => height - 1,
        _ => height,
    };

    private static IEnumerable<(string Transaction, ChaincodeEvent? Event)> EventsOf(Block block)
    {
        var codes = PeerChannel.CodesOf(block);
        for (var index = 0; index < codes.Length; index++)
        {
            var envelope = Envelope.Parser.ParseFrom(block.Data.Data[index]);
            if (codes[index] == TxValidationCode.Valid && Blocks.Open(envelope).Channel.Type == (int)HeaderType.EndorserTransaction && TransactionReader.Read(envelope) is { } transaction)
            {
                var events = transaction.Action.Events;
                yield return (transaction.Channel.TxId, events.IsEmpty ? null : ChaincodeEvent.Parser.ParseFrom(events));
            }
        }
    }

    private PeerChannel Authorize(string name, string resource, SignedData signed)
    {
        var channel = GatewayFailures.DemandChannel(peer, name);
        return channel.Config.Policies.Refuse(channel.Config.PolicyFor(resource, PeerNode.Readers), [signed]) is { } reason
            ? throw new GrpcFailure(GrpcStatusCode.PermissionDenied, reason)
            : channel;
    }
}
