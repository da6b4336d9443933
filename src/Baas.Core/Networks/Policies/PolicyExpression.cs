using System.Diagnostics.CodeAnalysis;

namespace Baas.Core.Networks.Policies;

/// <summary>A parsed policy: one of <see cref="ImplicitMetaExpression"/>, <see cref="SignatureExpression"/>, <see cref="ChannelPolicyExpression"/>.</summary>
/// <remarks><see cref="object.ToString"/> gives a text that parses to the same expression and that Fabric's own tools read alike.</remarks>
public abstract record PolicyExpression
{
    /// <summary>The names of a channel's application policies.</summary>
    public static IReadOnlyList<string> ChannelPolicyNames { get; } = ["Readers", "Writers", "Admins", "LifecycleEndorsement", "Endorsement"];

    /// <summary>The names of the policies that every organization of a channel has; implicit meta policies count them.</summary>
    public static IReadOnlyList<string> OrganizationPolicyNames { get; } = ["Readers", "Writers", "Admins", "Endorsement"];

    /// <summary>Parses a policy.</summary>
    /// <param name="text">
    /// <c>ANY|ALL|MAJORITY Name</c>, a signature policy such as <c>OR('Org1MSP.peer', AND(…), OutOf(2, …))</c> or the path of a channel's
    /// policy, <c>/Channel/Application/Endorsement</c>.
    /// </param>
    /// <param name="expression">The parsed policy.</param>
    /// <param name="problem">What is wrong with the text, in one line.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PolicyExpression? expression, [NotNullWhen(false)] out string? problem)
    {
        expression = null;
        var trimmed = text.Trim();
        if (trimmed.StartsWith('/'))
        {
            return ChannelPolicyExpression.TryRead(trimmed, out expression, out problem);
        }

        if (trimmed.Contains('(', StringComparison.Ordinal))
        {
            return new SignaturePolicyParser(trimmed).TryParse(out expression, out problem);
        }

        return ImplicitMetaExpression.TryRead(trimmed, out expression, out problem);
    }

    /// <summary>Parses a policy that validation has seen.</summary>
    /// <exception cref="FormatException">The text is no policy.</exception>
    public static PolicyExpression Parse(string text) =>
        TryParse(text, out var expression, out var problem) ? expression : throw new FormatException(problem);
}
