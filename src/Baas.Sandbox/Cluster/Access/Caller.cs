using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Cluster.Access;

/// <summary>Who asks: the names of a client's certificate.</summary>
/// <param name="Name">Its common name.</param>
/// <param name="Groups">Its organizations.</param>
internal sealed record Caller(string Name, IReadOnlyList<string> Groups)
{
    private const string Masters = "system:masters";

    /// <summary>May do everything.</summary>
    public static Caller Administrator { get; } = new("kubernetes-admin", [Masters, "system:authenticated"]);

    /// <summary>Whether nobody asks for its rights.</summary>
    public bool IsAdministrator => Groups.Contains(Masters);

    /// <summary>Reads a certificate that the cluster's authority has issued.</summary>
    public static Caller Of(X509Certificate2 certificate)
    {
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames().Where(name => !name.HasMultipleElements).ToLookup(name => name.GetSingleElementType().Value, name => name.GetSingleElementValue() ?? "");
        return new(names["2.5.4.3"].FirstOrDefault() ?? "", [.. names["2.5.4.10"], "system:authenticated"]);
    }
}
