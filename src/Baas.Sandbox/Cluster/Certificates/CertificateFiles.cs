using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Cluster.Certificates;

/// <summary>Certificates with their keys as PEM files of one folder, readable by their owner only.</summary>
/// <param name="folder">The folder; null keeps nothing.</param>
/// <param name="clock">The clock of validity.</param>
internal sealed class CertificateFiles(string? folder, TimeProvider clock)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>Reads a certificate; null when it is absent, runs out soon, or is of another authority.</summary>
    public X509Certificate2? Find(string name, X509Certificate2? authority = null)
    {
        if (folder is null || !File.Exists(PathOf(name + ".crt")) || !File.Exists(PathOf(name + ".key")))
        {
            return null;
        }

        var found = X509Certificate2.CreateFromPemFile(PathOf(name + ".crt"), PathOf(name + ".key"));
        var isUsable = found.NotAfter.ToUniversalTime() - RenewBefore > clock.GetUtcNow().UtcDateTime && (authority is null || found.Issuer == authority.Subject);
        if (isUsable)
        {
            return found;
        }

        found.Dispose();
        return null;
    }

    /// <summary>Keeps a certificate.</summary>
    public X509Certificate2 Keep(string name, X509Certificate2 certificate)
    {
        if (folder is not null)
        {
            using var key = certificate.GetECDsaPrivateKey()!; // issued with one
            OwnerFiles.Write(PathOf(name + ".key"), key.ExportPkcs8PrivateKeyPem() + "\n");
            OwnerFiles.Write(PathOf(name + ".crt"), certificate.ExportCertificatePem() + "\n");
        }

        return certificate;
    }

    /// <summary>The administrator's token; made when it is absent.</summary>
    public string Token()
    {
        if (folder is not null && File.Exists(PathOf("token")))
        {
            return File.ReadAllText(PathOf("token")).Trim();
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        if (folder is not null)
        {
            OwnerFiles.Write(PathOf("token"), token + "\n");
        }

        return token;
    }

    private string PathOf(string name) => Path.Combine(folder!, name); // callers have looked
}
