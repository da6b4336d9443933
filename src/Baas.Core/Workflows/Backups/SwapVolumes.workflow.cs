using Baas.Core.Archives.Agents;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>Puts the volumes that <see cref="FillVolumes"/> has put together in the place of what is there.</summary>
public sealed class SwapVolumes : IWorkflow<SwapVolumes.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        await Task.WhenAll(input.Filled.Nodes.SelectMany(node => FillVolumes.AgentsOf(input.Filled, node, AgentVerb.Swap)).Select(agent => NodeWork.RunAsync(context, agent)));
        return Nothing.Value;
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Filled">What was filled.</param>
    public sealed record Input(FillVolumes.Input Filled) : IWorkflowInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Filled.Subject;
    }
}
