using System.Diagnostics.CodeAnalysis;

namespace Baas.Core.Networks.Policies;

/// <summary>A policy that counts the organizations' policies of one name (common/policies/implicitmetaparser.go).</summary>
/// <param name="Rule">How many have to be satisfied.</param>
/// <param name="SubPolicy">The organizations' policy: one of <see cref="PolicyExpression.OrganizationPolicyNames"/>.</param>
public sealed record ImplicitMetaExpression(ImplicitMetaRule Rule, string SubPolicy) : PolicyExpression
{
    internal static bool TryRead(string text, [NotNullWhen(true)] out PolicyExpression? expression, [NotNullWhen(false)] out string? problem)
    {
        expression = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2)
        {
            problem = "it is neither \"ANY|ALL|MAJORITY <name>\" nor a signature policy such as OR('Org1MSP.peer', 'Org2MSP.peer')";
            return false;
        }

        ImplicitMetaRule? rule = words[0] switch
        {
            "ANY" => ImplicitMetaRule.Any,
            "ALL" => ImplicitMetaRule.All,
            "MAJORITY" => ImplicitMetaRule.Majority,
            _ => null,
        };
        if (rule is null || !OrganizationPolicyNames.Contains(words[1]))
        {
            problem = $"an implicit meta policy is ANY, ALL or MAJORITY of {string.Join(", ", OrganizationPolicyNames)}";
            return false;
        }

        expression = new ImplicitMetaExpression(rule.Value, words[1]);
        problem = null;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Rule.ToString().ToUpperInvariant()} {SubPolicy}";
}
