using System.Security.Cryptography;
using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Peer;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baas.Core.Fabric.Peers;

/// <summary>The one place in which proposals, and headers of all that is signed for a channel, are built.</summary>
internal static class Proposals
{
    private const int NonceLength = 24;

    /// <summary>Builds and signs a proposal.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="signer">Who asks.</param>
    /// <param name="clock">The time that the header tells.</param>
    public static TransactionProposal Create(ChaincodeCall call, ISigner signer, TimeProvider clock)
    {
        var (id, proposal) = Unsigned(call, signer, clock);
        var bytes = proposal.ToByteString();
        return new TransactionProposal(id, proposal, new SignedProposal { ProposalBytes = bytes, Signature = ByteString.CopyFrom(signer.Sign(bytes.Span)) });
    }

    /// <summary>Builds a proposal.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="signer">Who asks, and will sign.</param>
    /// <param name="clock">The time that the header tells.</param>
    public static (string TransactionId, Proposal Proposal) Unsigned(ChaincodeCall call, ISigner signer, TimeProvider clock)
    {
        var chaincode = new ChaincodeID { Name = call.Chaincode };
        var invocation = new ChaincodeInvocationSpec
        {
            ChaincodeSpec = new ChaincodeSpec
            {
                Type = ChaincodeSpec.Types.Type.Golang, // of no meaning since chaincodes have packages; what Fabric's own clients send
                ChaincodeId = chaincode,
                Input = new ChaincodeInput { Args = { call.Arguments }, IsInit = call.IsInit },
            },
        };
        var signature = SignatureHeader(signer);
        var channel = ChannelHeader(HeaderType.EndorserTransaction, call.Channel, clock);
        channel.TxId = TransactionIdOf(signature);
        channel.Extension = new ChaincodeHeaderExtension { ChaincodeId = chaincode }.ToByteString();

        var payload = new ChaincodeProposalPayload { Input = invocation.ToByteString() };
        foreach (var (name, value) in call.Transient)
        {
            payload.TransientMap.Add(name, value);
        }

        return (channel.TxId, new Proposal { Header = Header(channel, signature).ToByteString(), Payload = payload.ToByteString() });
    }

    /// <summary>Builds and signs an envelope that is not a transaction: to seek blocks, to update a configuration.</summary>
    /// <param name="type">What the data is.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="data">The data.</param>
    /// <param name="signer">Who sends it.</param>
    /// <param name="clock">The time that the header tells.</param>
    /// <param name="tlsCertificateHash">
    /// The hash of the certificate that the connection shows; nodes that ask for client certificates compare it. The default is nothing.
    /// </param>
    public static Envelope Envelope(HeaderType type, string channel, IMessage data, ISigner signer, TimeProvider clock, ReadOnlyMemory<byte> tlsCertificateHash = default)
    {
        var header = ChannelHeader(type, channel, clock);
        header.TlsCertHash = ByteString.CopyFrom(tlsCertificateHash.Span);
        return Sign(new Payload { Header = Header(header, SignatureHeader(signer)), Data = data.ToByteString() }, signer);
    }

    /// <summary>Signs a payload.</summary>
    public static Envelope Sign(Payload payload, ISigner signer)
    {
        var bytes = payload.ToByteString();
        return new Envelope { Payload = bytes, Signature = ByteString.CopyFrom(signer.Sign(bytes.Span)) };
    }

    /// <summary>The id of the transaction that begins with this header: the hash of nonce and creator.</summary>
    public static string TransactionIdOf(SignatureHeader header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.Nonce.Span);
        hash.AppendData(header.Creator.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Header Header(ChannelHeader channel, SignatureHeader signature) =>
        new() { ChannelHeader = channel.ToByteString(), SignatureHeader = signature.ToByteString() };

    // Epoch 0, as nodes know no other.
    private static ChannelHeader ChannelHeader(HeaderType type, string channel, TimeProvider clock) =>
        new() { Type = (int)type, ChannelId = channel, Timestamp = Timestamp.FromDateTimeOffset(clock.GetUtcNow()) };

    /// <summary>A header that names the signer, with a nonce of its own.</summary>
    public static SignatureHeader SignatureHeader(ISigner signer) => new()
    {
        Creator = UnsafeByteOperations.UnsafeWrap(signer.Identity.Serialize()),
        Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceLength)),
    };
}
