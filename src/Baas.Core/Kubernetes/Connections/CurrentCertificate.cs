using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>Hands the client certificate of the last credential to TLS handshakes, which cannot wait for it.</summary>
internal sealed class CurrentCertificate
{
    private volatile X509Certificate2? _value;

    /// <summary>The certificate; null when there is none.</summary>
    public X509Certificate2? Value
    {
        get => _value;
        set => _value = value;
    }
}
