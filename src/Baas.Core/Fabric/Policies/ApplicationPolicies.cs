using Baas.Core.Fabric.Protos.Peer;
using Baas.Core.Networks.Policies;

namespace Baas.Core.Fabric.Policies;

/// <summary>Endorsement policies of chaincodes, of collections and of keys.</summary>
internal static class ApplicationPolicies
{
    // What a peer takes when a definition names no policy (core/chaincode/lifecycle/lifecycle.go).
    private static readonly PolicyExpression Default = new ChannelPolicyExpression("Endorsement");

    /// <summary>The message that Fabric's tools make of the same text.</summary>
    /// <param name="text">A signature or channel policy; null: the channel's Endorsement policy.</param>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static ApplicationPolicy Encode(string? text) => (text is null ? Default : PolicyExpression.Parse(text)) switch
    {
        SignatureExpression signatures => new ApplicationPolicy { SignaturePolicy = SignaturePolicies.Encode(signatures) },
        ChannelPolicyExpression policy => new ApplicationPolicy { ChannelConfigPolicyReference = policy.Path },
        _ => throw new FormatException($"\"{text}\" is neither a signature policy nor a channel policy"),
    };
}
