using System.Globalization;

namespace Baas.Core.Pki;

/// <summary>
/// The folder in which Fabric's programs look for a membership service provider. There are no admin certificates: who is an administrator
/// is told by the organizational unit (NodeOUs).
/// </summary>
internal static class MspFolder
{
    private static readonly string[] Roles = ["client", "peer", "admin", "orderer"];

    /// <summary>The folder's files: relative path to content. Pure.</summary>
    public static IReadOnlyDictionary<string, string> For(MspContent content)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal) { ["config.yaml"] = Config(IssuerFile(content)) };
        Add(files, "cacerts", "ca", content.Roots);
        Add(files, "intermediatecerts", "ca", content.Intermediates);
        Add(files, "tlscacerts", "tlsca", content.TlsRoots);
        Add(files, "tlsintermediatecerts", "tlsca", content.TlsIntermediates);
        Add(files, "crls", "crl", content.RevocationLists);
        if (content.Certificate is { } certificate)
        {
            files["signcerts/cert.pem"] = certificate;
        }

        if (content.PrivateKey is { } key)
        {
            files["keystore/priv_sk"] = key;
        }

        return files;
    }

    /// <summary>The file of the authority that issues leaves, as <c>config.yaml</c> names it.</summary>
    public static string IssuerFile(MspContent content) => content.Intermediates.Count > 0 ? PathOf("intermediatecerts", "ca", 0) : PathOf("cacerts", "ca", 0);

    private static string Config(string issuer) =>
        "NodeOUs:\n  Enable: true\n" + string.Concat(Roles.Select(role =>
            $"  {char.ToUpperInvariant(role[0])}{role[1..]}OUIdentifier:\n    Certificate: {issuer}\n    OrganizationalUnitIdentifier: {role}\n"));

    private static void Add(SortedDictionary<string, string> files, string folder, string name, IReadOnlyList<string> contents)
    {
        for (var index = 0; index < contents.Count; index++)
        {
            files[PathOf(folder, name, index)] = contents[index];
        }
    }

    private static string PathOf(string folder, string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{name}-{index + 1}.pem");
}
