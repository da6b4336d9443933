using System.Net;

namespace Baas.Sandbox.Pods;

/// <summary>All that a container's program gets to see.</summary>
internal sealed record ContainerLaunch
{
    /// <summary>The pod's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The pod's name.</summary>
    public required string Pod { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The image with its tag, as the pod names it.</summary>
    public required string Image { get; init; }

    /// <summary>The command and its arguments; empty when the image's own is meant.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The environment, references to secrets and config maps resolved.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The volumes, laid out as folders on this machine.</summary>
    public required IReadOnlyList<ContainerMount> Mounts { get; init; }

    /// <summary>A folder of the container's own on this machine, perhaps not made yet. It goes with the pod.</summary>
    public required string Folder { get; init; }

    /// <summary>The pod's own address. Programs listen here; the Service that selects only this pod has the same address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The ports that the container says it listens on. The default is none.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The cluster's DNS: gives the address of a Service's or pod's name, or null.</summary>
    public required Func<string, IPAddress?> Resolve { get; init; }

    /// <summary>Takes a line that the program prints.</summary>
    public required Action<string> Log { get; init; }
}
