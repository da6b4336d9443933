namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>A pod refers to something that is not there or that the sandbox does not have. It may come: the kubelet tries again.</summary>
/// <param name="message">What Kubernetes would say in the container's state or in an event.</param>
internal sealed class ConfigurationException(string message) : Exception(message);
