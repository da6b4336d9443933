using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Makes an organization's namespace with quota, limits and network policies; refuses a namespace of somebody else.</summary>
internal sealed class CreateNamespace : IUndoableStep<CreateNamespace.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, ClusterName? Cluster, int Nodes) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Organization.Value;
    }
}
