using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Sandbox.Cluster.Certificates;

/// <summary>The cluster's own authority and what it has issued: the API server's certificate, the administrator's certificate and token.</summary>
internal sealed class ClusterCertificates : IDisposable
{
    private ClusterCertificates(X509Certificate2 authority, X509Certificate2 server, X509Certificate2 administrator, string token) =>
        (Authority, Server, Administrator, Token) = (authority, server, administrator, token);

    /// <summary>The authority that clients and server trust.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The API server's certificate with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The administrator's client certificate with its key.</summary>
    public X509Certificate2 Administrator { get; }

    /// <summary>The administrator's bearer token.</summary>
    public string Token { get; }

    /// <summary>Reads the certificates of a folder, and makes what is absent or runs out within a month.</summary>
    /// <param name="folder">Where they are kept, readable by the owner only; null keeps them in memory.</param>
    /// <param name="clock">The clock of validity.</param>
    public static ClusterCertificates Open(string? folder, TimeProvider clock)
    {
        var files = new CertificateFiles(folder, clock);
        var authority = files.Find("ca") ?? files.Keep("ca", CertificateMaker.Authority(clock));
        var server = files.Find("server", authority) ?? files.Keep("server", CertificateMaker.Server(authority, clock));
        var administrator = files.Find("admin", authority) ?? files.Keep("admin", CertificateMaker.Administrator(authority, clock));
        return new(authority, server, administrator, files.Token());
    }

    /// <summary>Whether the authority has issued a client's certificate, and it is valid now.</summary>
    public bool IsTrusted(X509Certificate2 client)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(client);
    }

    /// <summary>Whether it is the administrator's token; takes the same time for every wrong one.</summary>
    public bool IsToken(string token) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Token)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        Administrator.Dispose();
    }
}
