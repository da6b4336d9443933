using Baas.Core.Networks;

namespace Baas.Core.Health.Observations;

/// <summary>Finds out whether clusters are there.</summary>
internal interface IClusterReach
{
    /// <summary>Whether a cluster's API answers, whatever it answers; not when nobody is there, when it is another cluster by its certificate, or when the settings do not know it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<bool> AnswersAsync(ClusterName cluster, CancellationToken cancellationToken);
}
