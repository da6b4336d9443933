using Baas.Core.Networks.Policies;

namespace Baas.Core.Networks.Validation;

/// <summary>Checks policies of one channel.</summary>
/// <param name="members">The channel's member organizations.</param>
/// <param name="findings">Where to note what is wrong.</param>
internal sealed class PolicyRules(IReadOnlyList<OrganizationSpec> members, Findings findings)
{
    /// <summary>Checks that a policy can be read, names members alone and can be satisfied.</summary>
    /// <returns>The policy, when it can be read.</returns>
    public PolicyExpression? Check(string text, string path, PolicyUse use)
    {
        if (!PolicyExpression.TryParse(text, out var policy, out var problem))
        {
            findings.Add(path, "malformed-policy", problem);
            return null;
        }

        findings.Require(Fits(policy, use), path, "policy-kind", KindsOf(use));
        if (policy is SignatureExpression signature)
        {
            CheckSignature(signature, path, use);
        }

        return policy;
    }

    private void CheckSignature(SignatureExpression policy, string path, PolicyUse use)
    {
        var strangers = policy.Principals().Select(principal => principal.MspId).Where(id => MemberOf(id) is null).Distinct().ToArray();
        foreach (var stranger in strangers)
        {
            findings.Add(path, "policy-unknown-msp", $"no member of the channel has MSP id \"{stranger}\"");
        }

        // With strangers in it, what is missing is said already.
        if (strangers.Length == 0)
        {
            findings.Require(
                CanSatisfy(policy, use),
                path,
                "policy-not-satisfiable",
                $"nobody can ever satisfy {Shortened(policy)} here: too many signatures, or roles that peers and users of the members do not have");
        }
    }

    private bool CanSatisfy(SignatureExpression policy, PolicyUse use)
    {
        if (!CanSign(policy.Rule, use))
        {
            return false;
        }

        // People get as many identities as they want; peers are counted, as one signature counts only once.
        return use == PolicyUse.Channel || members.All(member => Fewest(policy.Rule, member.MspId) <= member.Peers);
    }

    private static bool CanSign(SignatureNode node, PolicyUse use) => node switch
    {
        OutOfNode gate => gate.Rules.Count(rule => CanSign(rule, use)) >= gate.Count,
        PrincipalNode { Role: PolicyRole.Orderer } => false, // members run no orderers
        PrincipalNode principal => use == PolicyUse.Channel || principal.Role is PolicyRole.Peer or PolicyRole.Member,
        _ => false,
    };

    // A lower bound of the signatures that one organization has to give, whatever the others do.
    private static long Fewest(SignatureNode node, MspId id) => node switch
    {
        OutOfNode gate => gate.Rules.Select(rule => Fewest(rule, id)).Order().Take(gate.Count).Sum(),
        PrincipalNode principal => principal.MspId == id ? 1 : 0,
        _ => 0,
    };

    private static bool Fits(PolicyExpression policy, PolicyUse use) => (policy, use) switch
    {
        (SignatureExpression signature, PolicyUse.Collection) => IsAlternative(signature.Rule),
        (SignatureExpression, _) => true,
        (ImplicitMetaExpression, PolicyUse.Channel or PolicyUse.ChannelEndorsement) => true,
        (ChannelPolicyExpression, PolicyUse.Endorsement) => true,
        _ => false,
    };

    // core/chaincode/lifecycle/scc.go, validateSpOrConcat
    private static bool IsAlternative(SignatureNode node) => node is not OutOfNode gate || (gate.Count == 1 && gate.Rules.All(IsAlternative));

    private static string KindsOf(PolicyUse use) => use switch
    {
        PolicyUse.Collection => "the members of a collection are a signature policy of principals and OR alone",
        PolicyUse.Endorsement => "an endorsement policy is a signature policy or a channel policy such as /Channel/Application/Endorsement",
        _ => "a channel's policy is an implicit meta policy or a signature policy",
    };

    private static string Shortened(SignatureExpression policy)
    {
        var text = policy.ToString();
        return text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");
    }

    private OrganizationSpec? MemberOf(MspId id) => members.FirstOrDefault(member => member.MspId == id);
}
