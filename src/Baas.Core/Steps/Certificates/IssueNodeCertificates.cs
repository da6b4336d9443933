using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Issues a node's signing and TLS certificates for the hosts that it advertises; keys that are stored are used again.</summary>
internal sealed class IssueNodeCertificates : IUndoableStep<IssueNodeCertificates.Input, IssueNodeCertificates.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<IssueNodeCertificates.Output> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, MspId MspId, NodeRole Role, CaSpec Ca, IReadOnlyList<string> Hosts) : IStepInput<IssueNodeCertificates.Output>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }

    /// <summary>What was issued.</summary>
    /// <param name="Fingerprint">Changes with the certificates; pods carry it, so that a renewed certificate restarts them.</param>
    public sealed record Output(string Fingerprint);
}
