using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Looks for the address under which a node's Service can be reached.</summary>
internal sealed class ObserveAddress : IStep<ObserveAddress.Input, ObserveAddress.Seen>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<ObserveAddress.Seen> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, Exposure? Exposure) : IStepInput<ObserveAddress.Seen>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether the Service has its address.</param>
    /// <param name="Detail">What is missing.</param>
    /// <param name="Endpoint">The address; null until it is there.</param>
    /// <param name="Hosts">Every name and address that the TLS certificate has to carry.</param>
    public sealed record Seen(bool Holds, string Detail, NodeEndpoint? Endpoint, IReadOnlyList<string> Hosts) : Observation(Holds, Detail);
}
