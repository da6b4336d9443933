namespace Baas.Core.Workflows.Engine;

/// <summary>The input of a step that gives a <typeparamref name="TOutput"/>.</summary>
/// <typeparam name="TOutput">The step's output.</typeparam>
public interface IStepInput<TOutput> : IStepInput;
