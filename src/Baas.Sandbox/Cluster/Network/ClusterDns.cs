using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>Finds addresses by the names that the cluster's DNS would know.</summary>
internal sealed class ClusterDns(ObjectStore store)
{
    private const string Domain = ".cluster.local";

    /// <summary>
    /// The address of <c>service</c>, <c>service.namespace</c>, <c>service.namespace.svc</c> or <c>pod.service.namespace.svc</c>,
    /// the last two also with <c>.cluster.local</c>; an address in text stands for itself. Null when there is none.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="fromNamespace">The namespace of the one who asks.</param>
    public IPAddress? Resolve(string name, string fromNamespace)
    {
        if (IPAddress.TryParse(name, out var literal))
        {
            return literal;
        }

        var relative = name.TrimEnd('.').ToLowerInvariant();
        if (relative is "localhost")
        {
            return IPAddress.Loopback;
        }

        relative = relative.EndsWith(Domain, StringComparison.Ordinal) ? relative[..^Domain.Length] : relative;
        return relative.Split('.') switch
        {
            [var service] => OfService(fromNamespace, service),
            [var service, var space] => OfService(space, service) ?? OfPod(fromNamespace, space, service),
            [var service, var space, "svc"] => OfService(space, service),
            [var pod, var service, var space] => OfPod(space, service, pod),
            [var pod, var service, var space, "svc"] => OfPod(space, service, pod),
            _ => null,
        };
    }

    private IPAddress? OfService(string space, string name)
    {
        if (store.Get(new ObjectKey(ClusterKinds.Services, space, name)) is not { } service)
        {
            return null;
        }

        return IPAddress.TryParse(service.Text("spec", "clusterIP"), out var address)
            ? address
            : Backends(service).Select(Address).OfType<IPAddress>().FirstOrDefault();
    }

    // A pod has a name of its own when its subdomain is a Service that selects it.
    private IPAddress? OfPod(string space, string service, string pod)
    {
        var found = store.Get(new ObjectKey(ClusterKinds.Pods, space, pod));
        var isMember = found is not null && found.Text("spec", "subdomain") == service;
        return isMember ? Address(found) : null;
    }

    private IEnumerable<JsonObject> Backends(JsonObject service)
    {
        var ofUnready = service.Flag("spec", "publishNotReadyAddresses");
        return store.List(ClusterKinds.Pods, service.Namespace)
            .Where(pod => LabelMatch.Selects(service.Object("spec", "selector"), pod.Labels) && (ofUnready || PodStates.IsReady(pod)));
    }

    private static IPAddress? Address(JsonObject? pod) => IPAddress.TryParse(pod.Text("status", "podIP"), out var address) ? address : null;
}
