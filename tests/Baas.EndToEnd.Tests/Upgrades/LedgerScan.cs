using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks;
using Baas.Core.Steps;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>Reads a channel's whole ledger from a peer, and counts what has taken effect.</summary>
internal static class LedgerScan
{
    /// <summary>How often each asset was created by a valid transaction.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CreationsAsync(ServiceRun service, NetworkReference network, NodeEndpoint peer)
    {
        var access = service.Get<FabricAccess>();
        using var admin = await access.AdministratorOfAsync(network, peer.Node.Organization, CancellationToken.None);
        var ledger = new PeerAdmin(new Endorser(await access.ConnectAsync(network, peer, CancellationToken.None), admin, TimeProvider.System));
        var channel = ChannelName.Parse("main");
        var height = (await ledger.ReadLedgerAsync(channel, CancellationToken.None)).Height;
        List<string> created = [];
        for (var number = 1UL; number < height; number++)
        {
            created.AddRange(CreatedIn(await ledger.ReadBlockAsync(channel, number, CancellationToken.None)));
        }

        return created.CountBy(key => key).ToDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> CreatedIn(Block block)
    {
        var codes = BlockMetadataReader.TransactionsFilterOf(block).ToArray();
        foreach (var (index, bytes) in block.Data.Data.Index())
        {
            var payload = Payload.Parser.ParseFrom(Envelope.Parser.ParseFrom(bytes).Payload);
            var isTransaction = ChannelHeader.Parser.ParseFrom(payload.Header.ChannelHeader).Type == (int)HeaderType.EndorserTransaction;
            if (isTransaction && codes[index] == (byte)TxValidationCode.Valid && ArgumentsOf(payload) is ["Create", var key, ..])
            {
                yield return key;
            }
        }
    }

    private static string[] ArgumentsOf(Payload payload)
    {
        var action = ChaincodeActionPayload.Parser.ParseFrom(Transaction.Parser.ParseFrom(payload.Data).Actions[0].Payload);
        var input = ChaincodeProposalPayload.Parser.ParseFrom(action.ChaincodeProposalPayload).Input;
        return [.. ChaincodeInvocationSpec.Parser.ParseFrom(input).ChaincodeSpec.Input.Args.Select(argument => argument.ToStringUtf8())];
    }
}
