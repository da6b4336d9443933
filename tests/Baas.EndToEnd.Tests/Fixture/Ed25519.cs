using System.Text.RegularExpressions;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>Specifications whose identities have Ed25519 keys.</summary>
internal static partial class Ed25519
{
    /// <summary>The object identifier of such keys in certificates (RFC 8410).</summary>
    public const string Algorithm = "1.3.101.112";

    private const string Ca = "ca: { algorithm: ed25519 }\n";

    /// <summary>The specification with such keys for every organization.</summary>
    public static string In(string specification) => InOrganizations(specification).Replace("ordering:\n", $"ordering:\n  {Ca}", StringComparison.Ordinal);

    /// <summary>The specification with such keys for every organization but that of the orderers.</summary>
    public static string InOrganizations(string specification)
    {
        Assert.Matches(Organization(), specification);
        return Organization().Replace(specification, $"$0    {Ca}");
    }

    [GeneratedRegex(@"  - name: org\d\n")]
    private static partial Regex Organization();
}
