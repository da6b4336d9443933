using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Baas.Core.Networks.Policies;

/// <summary>Reads <c>GATE(P[, P])</c> as Fabric's common/policydsl does: gates as And, AND or and, principals in quotes.</summary>
internal sealed class SignaturePolicyParser(string text)
{
    private const int MaxDepth = 16;

    private int _at;
    private string? _problem;

    /// <summary>Reads the whole text.</summary>
    public bool TryParse([NotNullWhen(true)] out PolicyExpression? expression, [NotNullWhen(false)] out string? problem)
    {
        var rule = Gate(1);
        if (rule is not null && _at < text.Length)
        {
            rule = Fail<OutOfNode>("it goes on after its last parenthesis");
        }

        expression = rule is null ? null : new SignatureExpression(rule);
        problem = rule is null ? _problem ?? "it is no signature policy" : null;
        return rule is not null;
    }

    private OutOfNode? Gate(int depth)
    {
        if (depth > MaxDepth)
        {
            return Fail<OutOfNode>($"gates stand in each other more than {MaxDepth} deep");
        }

        var word = Word();
        var kind = word.Length == 0 ? null : KindOf(word);
        if (kind is null || !Takes('('))
        {
            return Fail<OutOfNode>("expected AND(, OR( or OutOf(");
        }

        var count = kind == "outof" ? Number() : null;
        if (kind == "outof" && (count is null || !Takes(',')))
        {
            return Fail<OutOfNode>("OutOf( starts with a number and a comma");
        }

        return Parts(depth) is { } parts ? Made(kind, count, parts) : null;
    }

    private OutOfNode? Made(string kind, int? count, List<SignatureNode> parts)
    {
        var needed = kind switch
        {
            "and" => parts.Count,
            "or" => 1,
            _ => count ?? 0,
        };
        return needed >= 1 ? new(needed, parts) : Fail<OutOfNode>("OutOf needs at least 1 signature");
    }

    private List<SignatureNode>? Parts(int depth)
    {
        List<SignatureNode> parts = [];
        do
        {
            SkipBlanks();
            SignatureNode? part = _at < text.Length && text[_at] is '\'' or '"' ? Principal() : Gate(depth + 1);
            if (part is null)
            {
                return null;
            }

            parts.Add(part);
        }
        while (Takes(','));

        return Takes(')') ? parts : Fail<List<SignatureNode>>("expected a comma or a closing parenthesis");
    }

    private PrincipalNode? Principal()
    {
        var end = text.IndexOf(text[_at], _at + 1);
        if (end < 0)
        {
            return Fail<PrincipalNode>("a quotation mark is missing");
        }

        var principal = text[(_at + 1)..end];
        var dot = principal.LastIndexOf('.');
        if (dot < 0 || !MspId.TryParse(principal[..dot], null, out var mspId) || RoleOf(principal[(dot + 1)..]) is not { } role)
        {
            return Fail<PrincipalNode>("a principal is '<MSP id>.<role>' with a role of member, admin, client, peer, orderer");
        }

        _at = end + 1;
        SkipBlanks();
        return new(mspId, role);
    }

    private static string? KindOf(string word) => word switch
    {
        "And" or "and" or "AND" => "and",
        "Or" or "or" or "OR" => "or",
        "OutOf" or "outof" or "OUTOF" => "outof",
        _ => null,
    };

    private static PolicyRole? RoleOf(string word) => word switch
    {
        "member" => PolicyRole.Member,
        "admin" => PolicyRole.Admin,
        "client" => PolicyRole.Client,
        "peer" => PolicyRole.Peer,
        "orderer" => PolicyRole.Orderer,
        _ => null,
    };

    private string Word() => Run(char.IsAsciiLetter);

    private int? Number() => int.TryParse(Run(char.IsAsciiDigit), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Run(Func<char, bool> belongs)
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool Takes(char expected)
    {
        SkipBlanks();
        if (_at >= text.Length || text[_at] != expected)
        {
            return false;
        }

        _at++;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    // The first problem is the one at the place itself; those that follow from it say less.
    private T? Fail<T>(string problem)
        where T : class
    {
        _problem ??= $"{problem} (at character {_at + 1})";
        return null;
    }
}
