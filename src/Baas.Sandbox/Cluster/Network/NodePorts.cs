using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>
/// The ports that are forwarded to pods: those of NodePort Services on the node's address, and on a Service's own address those whose number is another in the pod.
/// </summary>
internal sealed class NodePorts(ObjectStore store, IPAddress node, EventRecorder events) : IAsyncDisposable
{
    private const int First = 30000;
    private const int Count = 2768;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<ObjectKey, Dictionary<IPEndPoint, PortForwarder>> _open = new();

    /// <summary>Gives a Service its node ports when it has to have some, and listens on the ports that have to be forwarded.</summary>
    /// <param name="key">The Service's key.</param>
    /// <param name="service">The Service.</param>
    /// <param name="pods">The pods behind it.</param>
    public void Ensure(ObjectKey key, JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        lock (_lock)
        {
            if (service.Text("spec", "type") is "NodePort" && service.Objects("spec", "ports").Any(port => port.Number("nodePort") is null or 0))
            {
                service = store.Change(key, WithPorts) ?? service;
            }

            var wanted = service.IsDeleting ? [] : Wanted(service, pods).ToDictionary(pair => pair.Local, pair => pair.Port);
            if (wanted.Count == 0 && !_open.ContainsKey(key))
            {
                return;
            }

            var open = _open.GetOrAdd(key, _ => []);
            foreach (var outdated in open.Keys.Where(local => !wanted.ContainsKey(local)).ToList())
            {
                open.Remove(outdated, out var forwarder);
                _ = forwarder?.DisposeAsync().AsTask();
            }

            foreach (var (local, port) in wanted.Where(pair => !open.ContainsKey(pair.Key)))
            {
                Listen(key, service, open, local, port);
            }
        }
    }

    /// <summary>The Service is gone: its ports are closed.</summary>
    public void Close(ObjectKey key)
    {
        if (_open.TryRemove(key, out var open))
        {
            foreach (var forwarder in open.Values)
            {
                _ = forwarder.DisposeAsync().AsTask();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var forwarder in _open.Values.SelectMany(open => open.Values))
        {
            await forwarder.DisposeAsync();
        }
    }

    private void Listen(ObjectKey key, JsonObject service, Dictionary<IPEndPoint, PortForwarder> open, IPEndPoint local, int port)
    {
        try
        {
            open[local] = new PortForwarder(local, () => Target(key, port));
        }
        catch (SocketException taken)
        {
            events.Warning(ClusterKinds.Services, service, "PortNotAvailable", $"cannot listen on {local}: {taken.Message}");
        }
    }

    private IEnumerable<(IPEndPoint Local, int Port)> Wanted(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var own = IPAddress.TryParse(service.Text("spec", "clusterIP"), out var address) ? address : null;
        var pod = pods.Count > 0 ? pods[0] : null;
        foreach (var port in service.Objects("spec", "ports"))
        {
            var number = (int)(port.Number("port") ?? 0);
            if (port.Number("nodePort") is { } nodePort and > 0)
            {
                yield return (new IPEndPoint(node, (int)nodePort), number);
            }

            if (own is not null && pod is not null && ServiceFields.TargetPort(port, pod) is var target && target != number && target > 0)
            {
                yield return (new IPEndPoint(own, number), number);
            }
        }
    }

    private IPEndPoint? Target(ObjectKey key, int number)
    {
        if (store.Get(key) is not { } service || PodOf(service) is not { } pod || !IPAddress.TryParse(pod.Text("status", "podIP"), out var address))
        {
            return null;
        }

        var port = service.Objects("spec", "ports").FirstOrDefault(candidate => candidate.Number("port") == number);
        var target = port is null ? 0 : ServiceFields.TargetPort(port, pod);
        return target == 0 ? null : new IPEndPoint(address, target);
    }

    private JsonObject? PodOf(JsonObject service)
    {
        var pods = store.List(ClusterKinds.Pods, service.Namespace)
            .Where(pod => LabelMatch.Selects(service.Object("spec", "selector"), pod.Labels) && !PodStates.IsFinished(pod)).ToList();
        return pods.FirstOrDefault(PodStates.IsReady) ?? pods.FirstOrDefault();
    }

    // The same Service tends to get the same ports: the search begins where its name leads.
    private JsonObject WithPorts(JsonObject service)
    {
        var taken = store.List(ClusterKinds.Services).SelectMany(other => other.Objects("spec", "ports")).Select(port => port.Number("nodePort") ?? 0).ToHashSet();
        foreach (var port in service.Objects("spec", "ports").Where(port => port.Number("nodePort") is null or 0))
        {
            var name = TemplateHash.Of($"{service.Namespace}/{service.Name}/{port.Number("port")}");
            var start = Convert.ToInt32(name[..6], 16);
            var free = Enumerable.Range(0, Count).Select(step => First + ((start + step) % Count)).FirstOrDefault(candidate => !taken.Contains(candidate));
            if (free == 0)
            {
                throw new SandboxException("node-ports-exhausted", $"cannot give service \"{service.Name}\" a node port: all {Count} are taken");
            }

            taken.Add(free);
            port["nodePort"] = free;
        }

        return service;
    }
}
