using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes;

/// <summary>Which address a Service asks for: one that is made again for the address on record, since certificates and channels name it. Pure.</summary>
internal static class ServiceWish
{
    /// <summary>The address to ask for; null for any.</summary>
    /// <param name="service">The Service as it is; null when it is not there.</param>
    /// <param name="known">Where its node listens, as it is on record; null when it is not.</param>
    public static NodeEndpoint? Of(JsonObject? service, NodeEndpoint? known) =>
        service is null || HasAsked(service, known) ? known : null;

    // What was asked for once is asked for again, or it would be taken back; of a Service that has got its address by itself nothing is asked.
    private static bool HasAsked(JsonObject service, NodeEndpoint? known) =>
        service.Text("spec", "loadBalancerIP").Length > 0 || service.Objects("spec", "ports").Any(port => port.Number("nodePort") == known?.Port)
        || (known?.OwnAddress is { } own && service.Text("spec", "clusterIP") == own);
}
