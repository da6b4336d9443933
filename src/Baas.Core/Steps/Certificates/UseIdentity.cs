using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Makes the renewed certificates of a node those that count, or the former ones again. The node is not told.</summary>
internal sealed class UseIdentity(IdentityStore identities) : IStep<UseIdentity.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var renewal = await identities.FindRenewalAsync(input.Network, input.Node, cancellationToken);
        if (renewal?.Operation != input.Operation)
        {
            throw new StorageException("identity-missing", $"cannot renew certificates of node \"{input.Node}\": operation {input.Operation} has prepared none");
        }

        await identities.ReplaceNodeAsync(input.Network, input.Node, input.IsNext ? renewal.Next : renewal.Former, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation that has prepared the certificates.</param>
    /// <param name="Node">The node.</param>
    /// <param name="IsNext">Whether the renewed ones are to count; otherwise the former ones.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NodeReference Node, bool IsNext) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
