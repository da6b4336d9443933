namespace Baas.Core.Workflows.Engine;

/// <summary>A durable program. It is run again from its start after a crash, so it may look at nothing but its context.</summary>
/// <typeparam name="TInput">Its input, nested in the workflow's class.</typeparam>
/// <typeparam name="TResult">What it ends with.</typeparam>
public interface IWorkflow<in TInput, TResult>
    where TInput : IWorkflowInput<TResult>
{
    /// <summary>Runs the workflow.</summary>
    Task<TResult> RunAsync(IWorkflowContext context, TInput input);
}
