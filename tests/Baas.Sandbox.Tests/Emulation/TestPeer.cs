using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>What a client asks of a peer, by hand.</summary>
internal static class TestPeer
{
    public static SignedProposal Proposal(string channel, string chaincode, TestIdentity signer, bool lowS, params ByteString[] args)
    {
        var signature = signer.Header();
        var id = new ChaincodeID { Name = chaincode };
        var header = new ChannelHeader
        {
            Type = (int)HeaderType.EndorserTransaction,
            ChannelId = channel,
            Timestamp = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
            TxId = Convert.ToHexStringLower(SHA256.HashData([.. signature.Nonce.Span, .. signature.Creator.Span])),
            Extension = new ChaincodeHeaderExtension { ChaincodeId = id }.ToByteString(),
        };
        var invocation = new ChaincodeInvocationSpec { ChaincodeSpec = new ChaincodeSpec { ChaincodeId = id, Input = new ChaincodeInput { Args = { args } } } };
        var proposal = new Proposal
        {
            Header = new Header { ChannelHeader = header.ToByteString(), SignatureHeader = signature.ToByteString() }.ToByteString(),
            Payload = new ChaincodeProposalPayload { Input = invocation.ToByteString() }.ToByteString(),
        }.ToByteString();
        return new SignedProposal { ProposalBytes = proposal, Signature = signer.Sign(proposal.Span, lowS) };
    }

    public static async Task<(ProposalResponse? Response, int Status, string Detail)> SendAsync(TestNode peer, SignedProposal proposal)
    {
        using var grpc = peer.Grpc();
        var (answers, status, detail) = await grpc.CallAsync("/protos.Endorser/ProcessProposal", proposal, ProposalResponse.Parser);
        return (answers.FirstOrDefault(), status, detail);
    }

    public static async Task<Response> AskAsync(TestNode peer, TestIdentity signer, string channel, string chaincode, string function, IMessage? argument = null)
    {
        var (response, status, detail) = await SendAsync(peer, Proposal(channel, chaincode, signer, true, [ByteString.CopyFromUtf8(function), .. argument is null ? System.Array.Empty<ByteString>() : [argument.ToByteString()]]));
        Assert.True(status == 0, detail);
        return response!.Response;
    }

    public static Task<Response> JoinAsync(TestNode peer, TestIdentity signer, Block genesis) => AskAsync(peer, signer, string.Empty, "cscc", "JoinChain", genesis);

    public static async Task<BlockchainInfo> InfoAsync(TestNode peer, TestIdentity signer, string channel)
    {
        var (response, _, _) = await SendAsync(peer, Proposal(channel, "qscc", signer, true, ByteString.CopyFromUtf8("GetChainInfo"), ByteString.CopyFromUtf8(channel)));
        Assert.True(response!.Response.Status == 200, response.Response.Message);
        return BlockchainInfo.Parser.ParseFrom(response.Response.Payload);
    }

    /// <summary>Endorses on all given peers and makes the transaction.</summary>
    public static async Task<(Envelope Transaction, string Id)> EndorseAsync(IReadOnlyList<TestNode> peers, TestIdentity signer, string function, IMessage argument)
    {
        var signed = Proposal(TestNetwork.Channel, "_lifecycle", signer, true, ByteString.CopyFromUtf8(function), argument.ToByteString());
        var responses = await Task.WhenAll(peers.Select(peer => SendAsync(peer, signed)));
        Assert.All(responses, response => Assert.True(response.Response?.Response.Status == 200, response.Response?.Response.Message ?? response.Detail));
        var proposal = Baas.Core.Fabric.Protos.Peer.Proposal.Parser.ParseFrom(signed.ProposalBytes);
        var header = Header.Parser.ParseFrom(proposal.Header);
        var action = new ChaincodeActionPayload
        {
            ChaincodeProposalPayload = proposal.Payload,
            Action = new ChaincodeEndorsedAction { ProposalResponsePayload = responses[0].Response!.Payload, Endorsements = { responses.Select(response => response.Response!.Endorsement) } },
        };
        var payload = new Payload
        {
            Header = header,
            Data = new Transaction { Actions = { new TransactionAction { Header = header.SignatureHeader, Payload = action.ToByteString() } } }.ToByteString(),
        }.ToByteString();
        return (new Envelope { Payload = payload, Signature = signer.Sign(payload.Span) }, ChannelHeader.Parser.ParseFrom(header.ChannelHeader).TxId);
    }

    /// <summary>Waits on the peer's filtered blocks until the transaction is there, and tells its verdict.</summary>
    public static async Task<TxValidationCode> VerdictAsync(TestNode peer, TestIdentity reader, ulong block, string id)
    {
        var position = new Baas.Core.Fabric.Protos.Orderer.SeekPosition { Specified = new Baas.Core.Fabric.Protos.Orderer.SeekSpecified { Number = block } };
        var seek = new Baas.Core.Fabric.Protos.Orderer.SeekInfo { Start = position, Stop = position };
        using var grpc = peer.Grpc();
        var (answers, _, _) = await grpc.CallAsync("/protos.Deliver/DeliverFiltered", TestChannel.Envelope(HeaderType.DeliverSeekInfo, TestNetwork.Channel, seek, reader), DeliverResponse.Parser);
        return answers[0].FilteredBlock.FilteredTransactions.Single(transaction => transaction.Txid == id).TxValidationCode;
    }

    public static byte[] Package(string label, string? connection = null) => Archive(
        ("metadata.json", Encoding.UTF8.GetBytes($$"""{"path":"","type":"ccaas","label":"{{label}}"}""")),
        ("code.tar.gz", connection is null ? [1, 2, 3] : Archive(("connection.json", Encoding.UTF8.GetBytes(connection)))));

    private static byte[] Archive(params (string Name, byte[] Body)[] files)
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped, TarEntryFormat.Ustar))
        {
            foreach (var (name, body) in files)
            {
                Add(tar, name, body);
            }
        }

        return memory.ToArray();
    }

    public static ApproveChaincodeDefinitionForMyOrgArgs Approval(long sequence, string packageId = "") => new()
    {
        Name = "asset",
        Version = "1.0",
        Sequence = sequence,
        Source = packageId.Length == 0
            ? new ChaincodeSource { Unavailable = new ChaincodeSource.Types.Unavailable() }
            : new ChaincodeSource { LocalPackage = new ChaincodeSource.Types.Local { PackageId = packageId } },
    };

    private static void Add(TarWriter tar, string name, byte[] body) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(body) });
}
