namespace Baas.Core.Networks;

/// <summary>How a node's addresses reach the world outside its namespace.</summary>
public enum Exposure
{
    /// <summary>Only inside the cluster, under the Service's DNS name.</summary>
    Cluster,

    /// <summary>A port of every cluster node.</summary>
    NodePort,

    /// <summary>An address of its own from the cluster's load balancer.</summary>
    LoadBalancer,
}
