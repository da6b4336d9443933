using Baas.Core.Fabric.Identities;
using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Channels;

/// <summary>Brings a configuration update into the form in which organizations agree to it and orderers take it.</summary>
internal static class ConfigSignatures
{
    /// <summary>The bytes that all organizations sign. An update is written once: other bytes of the same update are another update.</summary>
    public static ByteString BytesOf(ConfigUpdate update) => update.ToByteString();

    /// <summary>Agrees to an update.</summary>
    /// <param name="update">The bytes of the update.</param>
    /// <param name="signer">Who agrees: mostly an administrator of an organization.</param>
    public static ConfigSignature Sign(ByteString update, ISigner signer)
    {
        var header = Proposals.SignatureHeader(signer).ToByteString();
        byte[] signed = [.. header.Span, .. update.Span];
        return new ConfigSignature { SignatureHeader = header, Signature = ByteString.CopyFrom(signer.Sign(signed)) };
    }

    /// <summary>Makes the envelope that goes to an orderer.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="update">The bytes of the update.</param>
    /// <param name="signatures">Those who agree.</param>
    /// <param name="submitter">Who sends it: anybody who may submit to the channel.</param>
    /// <param name="clock">The time that the header tells.</param>
    public static Envelope Envelope(ChannelName channel, ByteString update, IEnumerable<ConfigSignature> signatures, ISigner submitter, TimeProvider clock)
    {
        var content = new ConfigUpdateEnvelope { ConfigUpdate = update, Signatures = { signatures } };
        return Proposals.Envelope(HeaderType.ConfigUpdate, channel.Value, content, submitter, clock);
    }
}
