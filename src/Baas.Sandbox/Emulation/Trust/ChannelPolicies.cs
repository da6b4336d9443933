using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>The policies of a channel's configuration by path, such as <c>/Channel/Application/Writers</c>.</summary>
internal sealed class ChannelPolicies(ConfigGroup root, MspSet msps)
{
    private const string Root = "Channel";

    /// <summary>Whether there is a policy at the path.</summary>
    public bool Has(string path) => Find(path) is not null;

    /// <summary>Checks signatures against the policy at the path.</summary>
    /// <exception cref="EmulationException">There is no such policy, or it is not satisfied.</exception>
    public void Demand(string path, IReadOnlyList<SignedData> signatures)
    {
        if (Refuse(path, signatures) is { } reason)
        {
            throw new EmulationException(reason);
        }
    }

    /// <summary>Why the signatures do not satisfy the policy at the path, or null when they do.</summary>
    public string? Refuse(string path, IReadOnlyList<SignedData> signatures) =>
        Find(path) is var (group, name) ? Refuse(group, name, SignersOf(signatures)) : $"cannot find policy \"{path}\": it is not in the channel's configuration";

    /// <summary>Why the signatures do not satisfy a policy that is not part of the configuration, or null when they do.</summary>
    public string? Refuse(SignaturePolicyEnvelope policy, IReadOnlyList<SignedData> signatures) => RefuseSignature(policy, SignersOf(signatures));

    /// <summary>Those who signed, each once; what is not valid does not count.</summary>
    private List<MspIdentity> SignersOf(IReadOnlyList<SignedData> signatures)
    {
        var signers = new List<MspIdentity>();
        foreach (var signed in signatures.DistinctBy(signed => signed.Identity))
        {
            try
            {
                var identity = msps.Identify(signed.Identity);
                if (identity.Verify(signed.Data.Span, signed.Signature.Span))
                {
                    signers.Add(identity);
                }
            }
            catch (EmulationException)
            {
                // As in Fabric: a signer whom nobody knows is as good as none.
            }
        }

        return signers;
    }

    private (ConfigGroup Group, string Name)? Find(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || parts[0] != Root)
        {
            return null;
        }

        var group = root;
        foreach (var part in parts[1..^1])
        {
            if (!group.Groups.TryGetValue(part, out group!))
            {
                return null;
            }
        }

        return group.Policies.ContainsKey(parts[^1]) ? (group, parts[^1]) : null;
    }

    private string? Refuse(ConfigGroup group, string name, List<MspIdentity> signers)
    {
        if (!group.Policies.TryGetValue(name, out var found) || found.Policy is not { } policy)
        {
            return $"cannot find policy \"{name}\"";
        }

        try
        {
            return (Policy.Types.PolicyType)policy.Type switch
            {
                Policy.Types.PolicyType.Signature => RefuseSignature(SignaturePolicyEnvelope.Parser.ParseFrom(policy.Value), signers),
                Policy.Types.PolicyType.ImplicitMeta => RefuseMeta(group, ImplicitMetaPolicy.Parser.ParseFrom(policy.Value), signers),
                _ => $"cannot evaluate policy \"{name}\": unknown type {policy.Type}",
            };
        }
        catch (InvalidProtocolBufferException)
        {
            return $"cannot evaluate policy \"{name}\": it is malformed";
        }
    }

    private string? RefuseMeta(ConfigGroup group, ImplicitMetaPolicy policy, List<MspIdentity> signers)
    {
        var all = group.Groups.Count;
        var wanted = policy.Rule switch
        {
            ImplicitMetaPolicy.Types.Rule.Any => Math.Min(1, all),
            ImplicitMetaPolicy.Types.Rule.Majority => all == 0 ? 0 : (all / 2) + 1,
            _ => all,
        };
        var satisfied = group.Groups.Values.Count(sub => Refuse(sub, policy.SubPolicy, signers) is null);
        return satisfied >= wanted
            ? null
            : $"implicit policy evaluation failed - {satisfied} sub-policies were satisfied, but this policy requires {wanted} of the '{policy.SubPolicy}' sub-policies to be satisfied";
    }

    private string? RefuseSignature(SignaturePolicyEnvelope policy, List<MspIdentity> signers)
    {
        var used = new bool[signers.Count];
        return policy.Rule is not null && Holds(policy.Rule, policy, signers, used) ? null : "signature set did not satisfy policy";
    }

    private bool Holds(SignaturePolicy rule, SignaturePolicyEnvelope policy, List<MspIdentity> signers, bool[] used)
    {
        if (rule.TypeCase == SignaturePolicy.TypeOneofCase.SignedBy)
        {
            return rule.SignedBy >= 0 && rule.SignedBy < policy.Identities.Count && Uses(policy.Identities[rule.SignedBy]);
        }

        var verified = 0;
        foreach (var inner in rule.NOutOf?.Rules ?? [])
        {
            var attempt = (bool[])used.Clone();
            if (Holds(inner, policy, signers, attempt))
            {
                verified++;
                attempt.CopyTo(used, 0);
            }
        }

        return rule.NOutOf is { } gate && verified >= gate.N;

        bool Uses(Baas.Core.Fabric.Protos.Msp.MSPPrincipal principal)
        {
            var index = Enumerable.Range(0, signers.Count).FirstOrDefault(candidate => !used[candidate] && msps.Satisfies(signers[candidate], principal), -1);
            if (index >= 0)
            {
                used[index] = true;
            }

            return index >= 0;
        }
    }
}
