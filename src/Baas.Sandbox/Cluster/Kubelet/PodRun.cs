using System.Net;
using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>What the containers of one pod have in common while it runs.</summary>
internal sealed record PodRun
{
    /// <summary>The pod with its address.</summary>
    public required JsonObject Pod { get; init; }

    /// <summary>The pod's address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The folders of the volumes by name.</summary>
    public required IReadOnlyDictionary<string, string> Volumes { get; init; }

    /// <summary>Signals that something that the pod refers to has changed.</summary>
    public required WakeUp Changes { get; init; }

    /// <summary>Tells that a container's snapshot has changed.</summary>
    public required Action Report { get; init; }

    /// <summary>How long programs get to end, asked when they have to.</summary>
    public required Func<TimeSpan> Grace { get; init; }
}
