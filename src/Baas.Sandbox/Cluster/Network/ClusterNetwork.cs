using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>
/// Which address each Service and pod has. A pod that one Service selects has that Service's address, so no traffic has to be
/// forwarded; Services of one namespace with the same selector share theirs. Addresses are kept in the objects.
/// </summary>
internal sealed class ClusterNetwork(ObjectStore store, AddressPool pool)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ObjectKey> _pods = [];
    private readonly Dictionary<ObjectKey, string> _services = [];

    /// <summary>Raised when an address became free; waiting pods try again.</summary>
    public event Action? Released;

    /// <summary>Takes over the addresses that the stored objects have.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            foreach (var service in store.List(ClusterKinds.Services, null))
            {
                HoldService(service, IPAddress.TryParse(service.Text("spec", "clusterIP"), out var address) ? address : null);
            }

            foreach (var pod in store.List(ClusterKinds.Pods, null))
            {
                if (IPAddress.TryParse(pod.Text("status", "podIP"), out var address) && !PodStates.IsFinished(pod))
                {
                    HoldPod(pod, address);
                }
            }
        }
    }

    /// <summary>The address of a Service, given now when it has none; null when it is to have none (headless, ExternalName) or is gone.</summary>
    public IPAddress? EnsureService(ObjectKey key)
    {
        lock (_lock)
        {
            if (store.Get(key) is not { } service || service.IsDeleting || service.Text("spec", "type") is "ExternalName")
            {
                return null;
            }

            var recorded = service.Text("spec", "clusterIP");
            if (recorded is { Length: > 0 })
            {
                var known = IPAddress.TryParse(recorded, out var parsed) ? parsed : null;
                HoldService(service, known);
                return known;
            }

            var address = Shared(service) ?? Wished(service) ?? pool.Take($"{key.Namespace}/{key.Name}", service.Uid);
            HoldService(service, address);
            store.Change(key, changed => ServiceFields.WithAddress(changed, address));
            return address;
        }
    }

    /// <summary>The address for a pod; null when the Service's address is still held by a pod that is going: then wait for <see cref="Released"/>.</summary>
    public IPAddress? TakeForPod(JsonObject pod)
    {
        lock (_lock)
        {
            if (pool.Of(pod.Uid) is { } held)
            {
                return held;
            }

            var offered = store.List(ClusterKinds.Services, pod.Namespace)
                .Where(service => LabelMatch.Selects(service.Object("spec", "selector"), pod.Labels))
                .Select(service => EnsureService(new ObjectKey(ClusterKinds.Services, service.Namespace, service.Name)))
                .OfType<IPAddress>().Distinct().ToList();
            if (offered is not [var address])
            {
                return Own(pod);
            }

            var others = pool.HoldersOf(address).Where(_pods.ContainsKey).ToList();
            if (others.Count == 0)
            {
                HoldPod(pod, address);
                return address;
            }

            return others.Any(IsGoing) ? null : Own(pod);
        }
    }

    /// <summary>The pod's programs have ended: its address is free again, unless its Service keeps it.</summary>
    public void ReleasePod(string uid)
    {
        lock (_lock)
        {
            pool.Release(uid);
            _pods.Remove(uid);
        }

        Released?.Invoke();
    }

    /// <summary>The Service is gone. A pod that has its address keeps it.</summary>
    public void ReleaseService(ObjectKey key)
    {
        lock (_lock)
        {
            if (_services.Remove(key, out var uid))
            {
                pool.Release(uid);
            }
        }
    }

    // As load balancers do that take wishes: the address that is asked for, when nobody has it.
    private IPAddress? Wished(JsonObject service) =>
        service.Text("spec", "type") is "LoadBalancer" && IPAddress.TryParse(service.Text("spec", "loadBalancerIP"), out var address) && pool.IsFree(address) ? address : null;

    private IPAddress Own(JsonObject pod)
    {
        var address = pool.Take($"{pod.Namespace}/pod/{pod.Name}", pod.Uid);
        HoldPod(pod, address);
        return address;
    }

    // The address of a Service with the same selector, or that of the only pod which this Service selects.
    private IPAddress? Shared(JsonObject service)
    {
        if (service.Object("spec", "selector") is not { Count: > 0 } selector)
        {
            return null;
        }

        var alike = store.List(ClusterKinds.Services, service.Namespace)
            .Where(other => LabelMatch.Selects(other.Object("spec", "selector"), selector) && other.Uid != service.Uid && JsonNode.DeepEquals(other.Object("spec", "selector"), selector))
            .Select(other => pool.Of(other.Uid)).OfType<IPAddress>().FirstOrDefault();
        if (alike is not null)
        {
            return alike;
        }

        var pods = store.List(ClusterKinds.Pods, service.Namespace).Where(pod => LabelMatch.Selects(selector, pod.Labels)).Take(2).ToList();
        return pods is [var only] && pool.Of(only.Uid) is { } address && pool.HoldersOf(address).Count == 1 ? address : null;
    }

    private bool IsGoing(string uid) =>
        store.Get(_pods[uid]) is not { } pod || pod.Uid != uid || pod.IsDeleting || PodStates.IsFinished(pod);

    private void HoldService(JsonObject service, IPAddress? address)
    {
        if (address is not null)
        {
            _services[new ObjectKey(ClusterKinds.Services, service.Namespace, service.Name)] = service.Uid;
            pool.Hold(address, service.Uid);
        }
    }

    private void HoldPod(JsonObject pod, IPAddress address)
    {
        _pods[pod.Uid] = new ObjectKey(ClusterKinds.Pods, pod.Namespace, pod.Name);
        pool.Hold(address, pod.Uid);
    }
}
