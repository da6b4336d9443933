using Baas.Core.Fabric.Policies;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Baas.Core.Networks.Policies;

namespace Baas.Core.Tests.Fabric.Policies;

public sealed class SignaturePoliciesTests
{
    // Recorded from configtxgen 3.1.5 -printOrg.
    [Theory]
    [InlineData("OR('A.admin')", "A.Admin", "1(0)")]
    [InlineData("AND('A.peer', OR('B.admin', 'C.client'), 'D.member')", "B.Admin C.Client A.Peer D.Member", "3(2 1(0 1) 3)")]
    [InlineData(
        "OutOf(2, AND('A.peer','B.peer'), 'C.peer', OR('A.peer', AND('D.peer','E.peer'), 'F.orderer'))",
        "A.Peer B.Peer D.Peer E.Peer A.Peer F.Orderer C.Peer",
        "2(2(0 1) 6 1(4 2(2 3) 5))")]
    public void Encode_Expression_NumbersIdentitiesLikeFabric(string text, string identities, string rule)
    {
        var envelope = SignaturePolicies.Encode((SignatureExpression)PolicyExpression.Parse(text));

        Assert.Equal(0, envelope.Version);
        Assert.Equal(identities, string.Join(' ', envelope.Identities.Select(Name)));
        Assert.Equal(rule, Show(envelope.Rule));
    }

    private static string Name(MSPPrincipal principal)
    {
        Assert.Equal(MSPPrincipal.Types.Classification.Role, principal.PrincipalClassification);
        var role = MSPRole.Parser.ParseFrom(principal.Principal);
        return $"{role.MspIdentifier}.{role.Role}";
    }

    private static string Show(SignaturePolicy policy) => policy.TypeCase == SignaturePolicy.TypeOneofCase.SignedBy
        ? $"{policy.SignedBy}"
        : $"{policy.NOutOf.N}({string.Join(' ', policy.NOutOf.Rules.Select(Show))})";
}
