using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>Makes the HTTP client of a connection. One for each cluster, for as long as the process runs.</summary>
internal static class ClusterHttp
{
    private const long MaxAnswer = 64L * 1024 * 1024;

    /// <summary>The client, and with it the connection pool.</summary>
    public static HttpClient Open(ClusterConnection connection, CurrentCertificate certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            MaxConnectionsPerServer = 32,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // names may point elsewhere, client certificates may be renewed
            SslOptions = Tls(connection, certificate),
            UseCookies = false,
            UseProxy = connection.Proxy is not null,
            Proxy = connection.Proxy is null ? null : new WebProxy(connection.Proxy),
        };
        return new HttpClient(handler)
        {
            BaseAddress = WithSlash(connection.Server),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            MaxResponseContentBufferSize = MaxAnswer,
            Timeout = Timeout.InfiniteTimeSpan, // each request has its own limit
        };
    }

    private static SslClientAuthenticationOptions Tls(ClusterConnection connection, CurrentCertificate certificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            // Asked at each handshake: an exec plugin may have renewed it since.
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate.Value!, // null means none; the signature lags behind
        };
        if (connection.SkipsTlsVerify)
        {
#pragma warning disable CA5359 // only with AllowInsecureTls in the settings, which Kubeconfig checks
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (connection.Authorities is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return options;
    }

    private static Uri WithSlash(Uri server) =>
        server.AbsolutePath.EndsWith('/') ? server : new UriBuilder(server) { Path = server.AbsolutePath + "/" }.Uri;
}
