namespace Baas.Core.Kubernetes;

/// <summary>One of the clusters that the settings name.</summary>
/// <param name="Options">What the settings say of it.</param>
/// <param name="Api">Its API.</param>
public sealed record KubernetesCluster(ClusterOptions Options, IKubernetesApi Api);
