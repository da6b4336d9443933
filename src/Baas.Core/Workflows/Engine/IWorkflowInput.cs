namespace Baas.Core.Workflows.Engine;

/// <summary>The input of a workflow: a record nested in the workflow's class, whose name is the workflow's name.</summary>
public interface IWorkflowInput : IStepInput;

/// <summary>The input of a workflow that ends with a <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TResult">The workflow's result.</typeparam>
public interface IWorkflowInput<TResult> : IWorkflowInput;
