using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Renewals;

/// <summary>Takes a node that did not come back to the certificates that it had. Of a node that was not touched yet it changes nothing.</summary>
public sealed class RevertCertificates : IWorkflow<RevertCertificates.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            await input.Change.ApplyAsync(context, isNext: false, Patience.ForPods.Limit);
            return [];
        }
        catch (StepFailedException failure)
        {
            return [new Leftover(failure.Step, failure.Subject, failure.Message)];
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Change">The node and where its certificates come from.</param>
    public sealed record Input(CertificateChange Change) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Change.Node.ToString();
    }
}
