using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Sees that a restored node listens where it did: channels and certificates name that address.</summary>
internal sealed class CheckAddress : IStep<CheckAddress.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => input.Now.Address == input.Then.Address
        ? Task.FromResult(Nothing.Value)
        : throw new BackupException(
            "restore-address-differs",
            $"cannot restore node \"{input.Now.Node}\": it would listen at {input.Now.Address}, and channels and other nodes know it at {input.Then.Address}; give its Service that address");

    /// <summary>What the step needs.</summary>
    public sealed record Input(NodeEndpoint Then, NodeEndpoint Now) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Now.Node.ToString();
    }
}
