using Baas.Core.Fabric.Policies;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks.Policies;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Baas.Core.Fabric.Channels;

/// <summary>Parts of a configuration tree. All that is made here is changed under the policy <c>Admins</c> of its group.</summary>
internal static class ConfigElements
{
    /// <summary>The policy that all elements are changed under.</summary>
    public const string Admins = "Admins";

    /// <summary>Makes a group. Members are always laid out in ordinal order, so that the same group has the same bytes.</summary>
    public static ConfigGroup Group(
        IReadOnlyDictionary<string, ConfigGroup> groups, IReadOnlyDictionary<string, IMessage> values, IReadOnlyDictionary<string, Policy> policies)
    {
        var group = new ConfigGroup { ModPolicy = Admins };
        Fill(group.Groups, groups, member => member);
        Fill(group.Values, values, Value);
        Fill(group.Policies, policies, policy => new ConfigPolicy { Policy = policy, ModPolicy = Admins });
        return group;
    }

    /// <summary>Makes a value.</summary>
    public static ConfigValue Value(IMessage value) => new() { Value = value.ToByteString(), ModPolicy = Admins };

    /// <summary>Makes a policy of its text.</summary>
    /// <exception cref="FormatException">The text is no policy, or one that only a chaincode can have; validation would have said so.</exception>
    public static Policy Policy(string text) => PolicyExpression.Parse(text) switch
    {
        ImplicitMetaExpression meta => Policy(meta),
        SignatureExpression signatures => Policy(SignaturePolicies.Encode(signatures)),
        _ => throw new FormatException($"\"{text}\" cannot be the policy of a channel"),
    };

    /// <summary>Makes a policy that names who has to sign.</summary>
    public static Policy Policy(SignaturePolicyEnvelope signatures) =>
        new() { Type = (int)Protos.Common.Policy.Types.PolicyType.Signature, Value = signatures.ToByteString() };

    /// <summary>The value of capabilities of one level.</summary>
    public static Capabilities Capabilities(string level) => new() { Capabilities_ = { [level] = new Capability() } };

    /// <summary>Puts members into a map in ordinal order.</summary>
    public static void Fill<TMember, TSource>(MapField<string, TMember> map, IEnumerable<KeyValuePair<string, TSource>> members, Func<TSource, TMember> make)
    {
        foreach (var (name, member) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            map.Add(name, make(member));
        }
    }

    private static Policy Policy(ImplicitMetaExpression meta)
    {
        var rule = meta.Rule switch
        {
            ImplicitMetaRule.Any => ImplicitMetaPolicy.Types.Rule.Any,
            ImplicitMetaRule.All => ImplicitMetaPolicy.Types.Rule.All,
            ImplicitMetaRule.Majority => ImplicitMetaPolicy.Types.Rule.Majority,
            _ => throw new ArgumentOutOfRangeException(nameof(meta)),
        };
        return new Policy
        {
            Type = (int)Protos.Common.Policy.Types.PolicyType.ImplicitMeta,
            Value = new ImplicitMetaPolicy { Rule = rule, SubPolicy = meta.SubPolicy }.ToByteString(),
        };
    }
}
