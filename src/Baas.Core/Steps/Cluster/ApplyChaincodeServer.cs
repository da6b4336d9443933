using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Puts the server of one chaincode of one organization into the cluster; does not wait for it to be ready.</summary>
internal sealed class ApplyChaincodeServer : IUndoableStep<ApplyChaincodeServer.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Endpoint, string Image, string PackageId, ClusterName? Cluster, string Fingerprint) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Endpoint.Node.ToString();
    }
}
