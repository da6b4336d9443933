using System.Net;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Network;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Cluster.Volumes;
using Baas.Sandbox.Pods;
using Microsoft.Extensions.Logging;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>What the parts of the kubelet share.</summary>
internal sealed record KubeletContext
{
    /// <summary>The wait before a container is started again, after its first restart.</summary>
    public static readonly BackOff Crashes = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    /// <summary>The wait before something missing is looked for again, when no change says that it came.</summary>
    public static readonly BackOff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));

    /// <summary>The cluster's objects.</summary>
    public required ObjectStore Store { get; init; }

    /// <summary>The addresses of pods.</summary>
    public required ClusterNetwork Network { get; init; }

    /// <summary>The names of Services and pods.</summary>
    public required ClusterDns Dns { get; init; }

    /// <summary>The folders of claims.</summary>
    public required VolumeClaims Claims { get; init; }

    /// <summary>Where events go.</summary>
    public required EventRecorder Events { get; init; }

    /// <summary>The logs of containers.</summary>
    public required PodLogs Logs { get; init; }

    /// <summary>What runs containers, asked in this order.</summary>
    public required IReadOnlyList<IContainerRuntime> Runtimes { get; init; }

    /// <summary>Where each pod has a folder, named by its uid.</summary>
    public required string PodsFolder { get; init; }

    /// <summary>The node's name.</summary>
    public required string NodeName { get; init; }

    /// <summary>The node's address.</summary>
    public required IPAddress NodeAddress { get; init; }

    /// <summary>Measures time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Where faults go.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The folder of a pod.</summary>
    public string FolderOf(string uid) => Path.Combine(PodsFolder, uid);
}
