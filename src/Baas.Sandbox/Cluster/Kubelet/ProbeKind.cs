namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>How a probe asks.</summary>
internal enum ProbeKind
{
    /// <summary>exec or gRPC: the sandbox has none and says so in an event.</summary>
    Unsupported,

    /// <summary>The port accepts a connection.</summary>
    Tcp,

    /// <summary>A GET answers with 200 to 399.</summary>
    Http,

    /// <summary>The same over TLS; the certificate is not checked.</summary>
    Https,
}
