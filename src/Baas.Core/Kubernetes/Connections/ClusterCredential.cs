using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>What one request shows to the API server; either may be missing.</summary>
/// <param name="Token">A bearer token.</param>
/// <param name="Certificate">A TLS client certificate with its private key.</param>
internal sealed record ClusterCredential(string? Token, X509Certificate2? Certificate)
{
    /// <summary>For API servers that ask for nothing.</summary>
    public static ClusterCredential None { get; } = new(null, null);

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => nameof(ClusterCredential);
}
