namespace Baas.Core.Health.Observations;

/// <summary>Looks at networks: the one thing that leaves the process.</summary>
internal interface INetworkObserver
{
    /// <summary>Begins a round, in which each cluster is asked once for what it has, however many networks it runs.</summary>
    /// <param name="cancellationToken">Ends the round.</param>
    IObservationRound BeginRound(CancellationToken cancellationToken);
}
