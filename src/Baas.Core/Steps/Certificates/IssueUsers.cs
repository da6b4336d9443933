using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Issues an organization's admin and client identities.</summary>
internal sealed class IssueUsers : IUndoableStep<IssueUsers.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, MspId MspId, CaSpec Ca) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Organization.Value;
    }
}
