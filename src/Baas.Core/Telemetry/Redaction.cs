using System.Text.RegularExpressions;

namespace Baas.Core.Telemetry;

/// <summary>
/// Takes secrets out of texts on their way to logs and traces. Baas's own messages hold none; those of libraries, clusters and nodes might.
/// </summary>
public static partial class Redaction
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "[redacted]";

    /// <summary>The text without private keys, bearer tokens, API keys, passwords and signatures of storage addresses; the same instance when it has none.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = PrivateKey().Replace(text, Mark);
        clean = ApiKey().Replace(clean, $"$1{Mark}");
        clean = Token().Replace(clean, Mark);
        clean = Header().Replace(clean, $"$1 {Mark}");
        clean = Property().Replace(clean, $"$1{Mark}\"");
        return Pair().Replace(clean, $"$1{Mark}");
    }

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();

    /// <summary>An API key of Baas: its id may be read, it is in the audit of requests.</summary>
    [GeneratedRegex(@"\b(baas_[0-9a-f]+_)[A-Za-z0-9_-]{16,}")]
    private static partial Regex ApiKey();

    /// <summary>A JSON web token.</summary>
    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")]
    private static partial Regex Token();

    [GeneratedRegex(@"\b(bearer|basic) +(?!\[redacted\])[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    [GeneratedRegex(@"(""(?:password|secret|token|access_token|id_token|client_secret|clientKeyData|client-key-data|privateKey)""\s*:\s*"")[^""]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Property();

    [GeneratedRegex(@"\b((?:AccountKey|SharedAccessKey|SharedAccessSignature|sig|password|pwd|client_secret|access_token)=)[^\s&;,""']+", RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
