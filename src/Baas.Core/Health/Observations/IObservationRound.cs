using Baas.Core.Networks;

namespace Baas.Core.Health.Observations;

/// <summary>One look at all networks.</summary>
internal interface IObservationRound
{
    /// <summary>Completes when the clusters of a network have answered or failed. Waits for no others.</summary>
    Task ClustersAsync(NetworkSpec spec);

    /// <summary>Looks at one network. What cannot be asked stands as such in the observation; it throws only for what is wrong with the store.</summary>
    Task<NetworkObservation> ObserveAsync(NetworkReference network, NetworkSpec spec, CancellationToken cancellationToken);
}
