namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>A workflow with its types known.</summary>
internal sealed class WorkflowRegistration<TWorkflow, TInput, TResult>() : WorkflowRegistration(typeof(TWorkflow))
    where TWorkflow : class, IWorkflow<TInput, TResult>, new()
    where TInput : IWorkflowInput<TResult>
{
    /// <inheritdoc/>
    public override async Task<string> RunAsync(IWorkflowContext context, string input)
    {
        var result = await new TWorkflow().RunAsync(context, DurableJson.Read<TInput>(input, $"input of workflow \"{Name}\""));
        return DurableJson.Write(result, $"result of workflow \"{Name}\"");
    }
}
