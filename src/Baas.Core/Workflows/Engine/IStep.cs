namespace Baas.Core.Workflows.Engine;

/// <summary>One effect on the outside world. At-least-once: applying twice equals applying once.</summary>
/// <typeparam name="TInput">Its input, nested in the step's class.</typeparam>
/// <typeparam name="TOutput">Its output: small, no secrets.</typeparam>
public interface IStep<in TInput, TOutput>
    where TInput : IStepInput<TOutput>
{
    /// <summary>How often and how long the engine tries again after a transient failure.</summary>
    static abstract StepOptions Options { get; }

    /// <summary>Makes it so; what is already so counts as success. Never waits for readiness.</summary>
    /// <exception cref="BaasException">It cannot be done; <see cref="BaasException.IsTransient"/> says whether to try again.</exception>
    Task<TOutput> ApplyAsync(TInput input, CancellationToken cancellationToken);
}
