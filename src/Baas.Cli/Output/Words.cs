using System.Text;

namespace Baas.Cli.Output;

/// <summary>Names of steps as people read them.</summary>
internal static class Words
{
    /// <summary><c>ApplyOrderer</c> and <c>createNetwork</c> become <c>apply orderer</c> and <c>create network</c>.</summary>
    public static string Of(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
