using Baas.Core.Networks;
using Baas.Core.Steps.Rolling;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Rolling;

/// <summary>Takes a node that did not come back to the version that it had. Of a node that was not touched yet it changes nothing.</summary>
public sealed class RevertNode : IWorkflow<RevertNode.Input, IReadOnlyList<Leftover>>
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> RunAsync(IWorkflowContext context, Input input)
    {
        try
        {
            await NodeRolling.SetVersionAsync(context, input.Network, input.Node, input.Version, Patience.ForPods.Limit);
            await context.ApplyAsync(new RecordNodeVersion.Input(input.Network, input.Node.Endpoint.Node, input.Version));
            return [];
        }
        catch (StepFailedException failure)
        {
            return [new Leftover(failure.Step, failure.Subject, failure.Message)];
        }
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Node">The node.</param>
    /// <param name="Version">The version that it had.</param>
    public sealed record Input(NetworkReference Network, RolledNode Node, FabricVersion Version) : IWorkflowInput<IReadOnlyList<Leftover>>
    {
        /// <inheritdoc/>
        public string Subject => Node.Endpoint.Node.ToString();
    }
}
