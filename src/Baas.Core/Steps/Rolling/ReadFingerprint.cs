using Baas.Core.Networks;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>Reads the fingerprint of a node's certificates, with which its pod is marked.</summary>
internal sealed class ReadFingerprint(IdentityStore identities) : IStep<ReadFingerprint.Input, ReadFingerprint.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken) =>
        new((await identities.ReadNodeAsync(input.Network, input.Node, cancellationToken)).Fingerprint());

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node) : IStepInput<ReadFingerprint.Output>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }

    /// <summary>What was read.</summary>
    /// <param name="Fingerprint">The fingerprint.</param>
    public sealed record Output(string Fingerprint);
}
