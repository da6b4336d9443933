using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Network;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Gives Services their addresses and lists the pods behind them.</summary>
internal sealed class ServiceController(ObjectStore store, ClusterNetwork network, NodePorts nodePorts) : IController
{
    public ObjectKind Kind => ClusterKinds.Services;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change)
    {
        if (change.Key.Kind == Kind)
        {
            return [change.Key];
        }

        return change.Key.Kind == ClusterKinds.Pods && IsOfInterest(change)
            ? store.List(Kind, change.Key.Namespace)
                .Where(service => LabelMatch.Selects(service.Object("spec", "selector"), change.Object.Labels))
                .Select(service => new ObjectKey(Kind, service.Namespace, service.Name))
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is null)
        {
            network.ReleaseService(key);
            nodePorts.Close(key);
            Removals.Discard(store, key with { Kind = ClusterKinds.Endpoints });
            return null;
        }

        var address = network.EnsureService(key);
        if (store.Get(key) is not { } service)
        {
            return null;
        }

        var selector = service.Object("spec", "selector");
        var pods = store.List(ClusterKinds.Pods, key.Namespace)
            .Where(pod => LabelMatch.Selects(selector, pod.Labels) && !PodStates.IsFinished(pod) && pod.Text("status", "podIP") is not null)
            .OrderBy(pod => pod.Name, StringComparer.Ordinal).ToList();
        nodePorts.Ensure(key, service, pods);
        if (address is not null && service.Text("spec", "type") is "LoadBalancer")
        {
            var ingress = new JsonObject { ["ip"] = address.ToString(), ["ipMode"] = "VIP" };
            StatusWrites.Replace(store, key, new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(ingress) } });
        }

        if (selector is { Count: > 0 })
        {
            Put(key with { Kind = ClusterKinds.Endpoints }, EndpointObjects.Endpoints(service, pods));
            Put(key with { Kind = ClusterKinds.EndpointSlices }, EndpointObjects.Slice(service, pods));
        }

        return null;
    }

    // Endpoints know a pod's address and whether it is ready; other changes of pods are many and of no interest here.
    private static bool IsOfInterest(ObjectChange change)
    {
        if (change.Before is not { } before || change.Type is not ChangeType.Modified)
        {
            return true;
        }

        var (was, now) = (before.Object, change.Object);
        return PodStates.IsReady(was) != PodStates.IsReady(now)
            || was.Text("status", "podIP") != now.Text("status", "podIP")
            || PodStates.IsFinished(was) != PodStates.IsFinished(now)
            || !JsonNode.DeepEquals(was.Labels, now.Labels);
    }

    private void Put(ObjectKey key, JsonObject wanted)
    {
        if (store.Get(key) is not { } known)
        {
            store.Create(key.Kind, wanted);
            return;
        }

        var content = key.Kind == ClusterKinds.Endpoints ? "subsets" : "endpoints";
        if (!JsonNode.DeepEquals(known[content], wanted[content]) || !JsonNode.DeepEquals(known["ports"], wanted["ports"]))
        {
            store.Change(key, changed =>
            {
                changed[content] = wanted[content]?.DeepClone();
                if (wanted["ports"] is { } ports)
                {
                    changed["ports"] = ports.DeepClone();
                }

                return changed;
            });
        }
    }
}
