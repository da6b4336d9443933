using System.Text;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Replaces <c>$(NAME)</c> in commands, arguments and variables as Kubernetes does.</summary>
internal static class Expansion
{
    /// <summary>The text with known names replaced; <c>$$</c> stands for a dollar sign and unknown names stay as they are.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            var end = next is '(' ? text.IndexOf(')', at + 2) : -1;
            if (text[at] is '$' && next is '$')
            {
                result.Append('$');
                at++;
            }
            else if (text[at] is '$' && end > 0)
            {
                result.Append(variables.TryGetValue(text[(at + 2)..end], out var value) ? value : text[at..(end + 1)]);
                at = end;
            }
            else
            {
                result.Append(text[at]);
            }
        }

        return result.ToString();
    }
}
