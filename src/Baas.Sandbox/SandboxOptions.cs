using System.Net;
using Baas.Sandbox.Cluster.Access;
using Baas.Sandbox.Pods;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baas.Sandbox;

/// <summary>How the sandbox cluster is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>The folder of everything that the cluster keeps; made when it is absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The address of the Kubernetes API.</summary>
    /// <value>The default is 127.0.0.1.</value>
    public IPAddress ApiAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The port of the Kubernetes API.</summary>
    /// <value>The default is 0: the port of the last run when it is free, else any free port.</value>
    public int ApiPort { get; init; }

    /// <summary>The loopback addresses that Services and pods get.</summary>
    /// <value>The default is <c>127.64.0.0/10</c>.</value>
    public string AddressRange { get; init; } = "127.64.0.0/10";

    /// <summary>The size at which a container's log begins a new file; one older file is kept, in bytes.</summary>
    /// <value>The default is 4 MiB.</value>
    public long LogFileSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest time that a program gets to end when the cluster stops.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where failures of the cluster's own parts are logged.</summary>
    /// <value>The default is nowhere.</value>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Measures time.</summary>
    /// <value>The default is the system's clock.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What pods of Fabric's images are.</summary>
    /// <value>The default is null: what the data folder was used with before, at first <see cref="SandboxNodes.Emulated"/>.</value>
    public SandboxNodes? Nodes { get; init; }

    /// <summary>For nodes as processes: the bin folder of a release of Fabric, with its config folder beside it.</summary>
    /// <value>The default is none.</value>
    public string? FabricBin { get; init; }

    /// <summary>For nodes as processes: a folder with a folder for each version of Fabric, <c>3.1.5/bin</c> and <c>3.1.5/config</c>.</summary>
    /// <value>The default is none.</value>
    public string? FabricHome { get; init; }

    /// <summary>For nodes as processes: files that map other images to programs of this machine, asked in this order after <c>sandbox-images.json</c> of the data folder.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<string> ImageFiles { get; init; } = [];

    /// <summary>Programs that the host brings, by the names of the images that they stand for, without registry and tag.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, SandboxProgram> Programs { get; init; } = new Dictionary<string, SandboxProgram>();

    /// <summary>What runs containers, asked in this order.</summary>
    /// <value>The default is empty: what <see cref="Nodes"/> says.</value>
    internal IReadOnlyList<IContainerRuntime> Runtimes { get; init; } = [];

    /// <summary>Hears what clients with limited rights were allowed.</summary>
    /// <value>The default is null: nobody.</value>
    internal Action<AccessRequest>? Audit { get; init; }
}
