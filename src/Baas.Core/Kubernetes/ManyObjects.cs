namespace Baas.Core.Kubernetes;

/// <summary>Requests that go out side by side.</summary>
internal static class ManyObjects
{
    /// <summary>Applies objects of which none needs another.</summary>
    /// <exception cref="KubernetesException">One was refused, or is being deleted (<c>object-terminating</c>, transient): it will be gone soon and can be made then.</exception>
    public static Task ApplyAllAsync(this IKubernetesApi api, IEnumerable<Manifest> manifests, CancellationToken cancellationToken) =>
        Task.WhenAll(manifests.Select(manifest => ApplyAsync(api, manifest, cancellationToken)));

    /// <summary>Deletes objects in no order; the absent count as deleted.</summary>
    public static Task DeleteAllAsync(this IKubernetesApi api, IEnumerable<ResourceReference> resources, CancellationToken cancellationToken) =>
        Task.WhenAll(resources.Select(resource => api.DeleteAsync(resource, cancellationToken)));

    private static async Task ApplyAsync(IKubernetesApi api, Manifest manifest, CancellationToken cancellationToken)
    {
        var applied = await api.ApplyAsync(manifest, cancellationToken);
        if (applied.IsTerminating())
        {
            var resource = manifest.Resource;
            throw new KubernetesException(
                "object-terminating", $"cannot apply {resource.Kind.Kind} \"{resource.Namespace}/{resource.Name}\": the one of that name is still being deleted")
            { IsTransient = true };
        }
    }
}
