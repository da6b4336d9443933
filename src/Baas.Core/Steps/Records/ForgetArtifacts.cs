using Baas.Core.Networks;
using Baas.Core.Storage;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Records;

/// <summary>Deletes all that is stored for a network, its wrapped data key included: what was encrypted with it is unreadable from then on.</summary>
internal sealed class ForgetArtifacts(IdentityStore identities, ArtifactStore artifacts, TransactionStore transactions) : IStep<ForgetArtifacts.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await artifacts.DeleteAllAsync(input.Network, cancellationToken);
        await transactions.DeleteAllAsync(input.Network, cancellationToken);
        await identities.DeleteAllAsync(input.Network, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    public sealed record Input(NetworkReference Network) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }
}
