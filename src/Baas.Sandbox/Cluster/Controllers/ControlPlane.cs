using System.Net;
using System.Net.Sockets;
using Baas.Sandbox.Cluster.Kubelet;
using Baas.Sandbox.Cluster.Network;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Cluster.Volumes;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Everything that makes a store of objects a cluster: controllers, addresses, volumes and the node that runs pods.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    /// <summary>The folder below the data folder where each pod has one.</summary>
    public const string PodsFolderName = "pods";

    private const string NodeName = "baas-sandbox";

    private readonly EventRecorder _events;
    private readonly NodePorts _nodePorts;
    private readonly ControllerHost _controllers;
    private readonly Kubelet.Kubelet _kubelet;
    private readonly TimeSpan _stopGrace;

    private ControlPlane(EventRecorder events, NodePorts nodePorts, ControllerHost controllers, Kubelet.Kubelet kubelet, PodLogs logs, TimeSpan stopGrace)
    {
        (_events, _nodePorts, _controllers, _kubelet, _stopGrace) = (events, nodePorts, controllers, kubelet, stopGrace);
        Logs = logs;
    }

    /// <summary>What the containers printed.</summary>
    public IPodLogs Logs { get; }

    /// <summary>The folder of the volumes, one folder for each claim.</summary>
    public static string VolumesFolderOf(SandboxOptions options) => Path.Combine(options.DataFolder, "volumes");

    /// <summary>Starts all parts; pods of an earlier run are started again.</summary>
    /// <param name="store">The cluster's objects.</param>
    /// <param name="options">The settings.</param>
    /// <param name="seed">Differs between clusters, so that they use different addresses.</param>
    /// <exception cref="SandboxException">The address range cannot be used on this machine.</exception>
    public static ControlPlane Start(ObjectStore store, SandboxOptions options, string seed)
    {
        var logger = options.LoggerFactory.CreateLogger("Baas.Sandbox");
        var range = AddressRange.Parse(options.AddressRange);
        var pool = new AddressPool(range, seed);
        var network = new ClusterNetwork(store, pool);
        network.Restore();
        var node = pool.Take("node", "node");
        CheckUsable(node, options.AddressRange);

        var events = new EventRecorder(store, options.Clock, logger);
        var nodePorts = new NodePorts(store, node, events);
        var claims = new VolumeClaims(store, VolumesFolderOf(options));
        var pods = Path.Combine(options.DataFolder, PodsFolderName);
        var logs = new PodLogs(uid => Path.Combine(pods, uid), options.LogFileSize, options.Clock);
        var kubelet = new Kubelet.Kubelet(new KubeletContext
        {
            Store = store,
            Network = network,
            Dns = new ClusterDns(store),
            Claims = claims,
            Events = events,
            Logs = logs,
            Runtimes = options.Runtimes,
            PodsFolder = pods,
            NodeName = NodeName,
            NodeAddress = node,
            Clock = options.Clock,
            Logger = logger,
        });
        kubelet.Start();
        IController[] controllers =
        [
            new StatefulSetController(store, events), new DeploymentController(store, events), new ReplicaSetController(store, events), new JobController(store, events),
            new ServiceController(store, network, nodePorts), new VolumeClaimController(store, claims),
            new DisruptionBudgetController(store), new ServiceAccountController(store),
        ];
        return new ControlPlane(events, nodePorts, new ControllerHost(store, controllers, options.Clock, logger), kubelet, logs, options.StopGrace);
    }

    /// <summary>Ends the controllers, then all programs at the same time. The objects stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        await _kubelet.StopAsync(_stopGrace);
        await _kubelet.DisposeAsync();
        await _nodePorts.DisposeAsync();
        await _events.DisposeAsync();
    }

    // Linux routes all of 127.0.0.0/8; other systems have only what was added to their loopback interface.
    private static void CheckUsable(IPAddress address, string range)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
        }
        catch (SocketException refused)
        {
            throw new SandboxException(
                "loopback-range-unavailable",
                $"cannot use address range \"{range}\": this machine does not let programs listen on {address} ({refused.Message}); add the range's addresses to the loopback interface, on macOS with: sudo ifconfig lo0 alias ADDRESS",
                refused);
        }
    }
}
