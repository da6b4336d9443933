using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>The way to one API server.</summary>
internal sealed record ClusterConnection
{
    /// <summary>The API server's address; a path in it stands before all others.</summary>
    public required Uri Server { get; init; }

    /// <summary>Who may vouch for the server's certificate; null: the system's authorities.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The name that the server's certificate has to carry when it is not that of the address.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Whether the server's certificate is not checked at all. Only when the settings say so.</summary>
    public bool SkipsTlsVerify { get; init; }

    /// <summary>A proxy on the way.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What requests show to the server.</summary>
    public required IClusterCredentials Credentials { get; init; }
}
