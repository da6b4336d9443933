using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Networks.Policies;
using Google.Protobuf;

namespace Baas.Core.Fabric.Policies;

/// <summary>Signature policies as Fabric writes them, byte for byte: approvals of one definition are compared as bytes.</summary>
internal static class SignaturePolicies
{
    /// <summary>The message that Fabric's tools make of the same text (common/policydsl).</summary>
    public static SignaturePolicyEnvelope Encode(SignatureExpression expression)
    {
        var envelope = new SignaturePolicyEnvelope();
        envelope.Rule = Gate(expression.Rule, envelope);
        return envelope;
    }

    // Fabric evaluates gates as calls: those within a gate are numbered before the gate's own principals, wherever they stand.
    private static SignaturePolicy Gate(OutOfNode node, SignaturePolicyEnvelope envelope)
    {
        var inner = node.Rules.Select(rule => rule is OutOfNode gate ? Gate(gate, envelope) : null).ToList();
        var rules = node.Rules.Zip(inner, (rule, gate) => gate ?? SignedBy((PrincipalNode)rule, envelope));
        return new SignaturePolicy { NOutOf = new SignaturePolicy.Types.NOutOf { N = node.Count, Rules = { rules } } };
    }

    private static SignaturePolicy SignedBy(PrincipalNode principal, SignaturePolicyEnvelope envelope)
    {
        var role = new MSPRole { MspIdentifier = principal.MspId.Value, Role = RoleOf(principal.Role) };
        envelope.Identities.Add(new MSPPrincipal { PrincipalClassification = MSPPrincipal.Types.Classification.Role, Principal = role.ToByteString() });
        return new SignaturePolicy { SignedBy = envelope.Identities.Count - 1 };
    }

    private static MSPRole.Types.MSPRoleType RoleOf(PolicyRole role) => role switch
    {
        PolicyRole.Member => MSPRole.Types.MSPRoleType.Member,
        PolicyRole.Admin => MSPRole.Types.MSPRoleType.Admin,
        PolicyRole.Client => MSPRole.Types.MSPRoleType.Client,
        PolicyRole.Peer => MSPRole.Types.MSPRoleType.Peer,
        PolicyRole.Orderer => MSPRole.Types.MSPRoleType.Orderer,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
