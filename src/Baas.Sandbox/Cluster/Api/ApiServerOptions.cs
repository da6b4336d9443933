using System.Net;
using Baas.Sandbox.Cluster.Access;
using Baas.Sandbox.Cluster.Certificates;
using Baas.Sandbox.Cluster.Kubelet;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>How an API server is started.</summary>
internal sealed record ApiServerOptions
{
    /// <summary>Who it is and whom it trusts.</summary>
    public required ClusterCertificates Certificates { get; init; }

    /// <summary>Gives the logs of pods.</summary>
    public required IPodLogs Logs { get; init; }

    /// <summary>The folder of the volumes, one folder for each claim.</summary>
    public required string VolumesFolder { get; init; }

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The largest body, in bytes.</summary>
    public int MaxBody { get; init; } = 3 * 1024 * 1024;

    /// <summary>Hears what those who are no administrators were allowed; null for nobody.</summary>
    public Action<AccessRequest>? Audit { get; init; }
}
