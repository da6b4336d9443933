using System.ComponentModel.DataAnnotations;

namespace Baas.Core.Kubernetes;

/// <summary>The clusters on which networks can be placed.</summary>
public sealed class ClustersOptions : IValidatableObject
{
    /// <summary>The clusters; the first is the default one.</summary>
    public IList<ClusterOptions> Clusters { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var cluster in Clusters)
        {
            List<ValidationResult> results = [];
            Validator.TryValidateObject(cluster, new ValidationContext(cluster), results, validateAllProperties: true);
            foreach (var result in results)
            {
                yield return new ValidationResult($"cluster \"{cluster.Name}\": {result.ErrorMessage}", result.MemberNames);
            }

            if (!cluster.InCluster && string.IsNullOrEmpty(cluster.Kubeconfig))
            {
                yield return new ValidationResult($"cluster \"{cluster.Name}\": needs Kubeconfig or InCluster", [nameof(ClusterOptions.Kubeconfig)]);
            }

            if (cluster.ImagePullDockerConfig is not null && cluster.ImagePullSecret is null)
            {
                yield return new ValidationResult($"cluster \"{cluster.Name}\": ImagePullDockerConfig needs ImagePullSecret", [nameof(ClusterOptions.ImagePullSecret)]);
            }
        }

        foreach (var twice in Clusters.CountBy(cluster => cluster.Name).Where(count => count.Value > 1))
        {
            yield return new ValidationResult($"cluster \"{twice.Key}\": is there more than once", [nameof(Clusters)]);
        }
    }
}
