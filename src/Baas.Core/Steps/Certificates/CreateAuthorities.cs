using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Makes an organization's signing CA and TLS CA, or takes those that are stored.</summary>
internal sealed class CreateAuthorities : IUndoableStep<CreateAuthorities.Input, Nothing>
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
