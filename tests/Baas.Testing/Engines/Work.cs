using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>The step of contract tests: it does what the probe says. Three attempts, 1 s and 2 s apart, one minute each.</summary>
public sealed class Work(Probe probe) : IUndoableStep<Work.Input, string>
{
    public static StepOptions Options { get; } = new(3, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));

    public async Task<string> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await probe.RunAsync(input.Name, cancellationToken);
        return $"{input.Name} done";
    }

    public Task UndoAsync(Input input, CancellationToken cancellationToken) => probe.RunAsync("-" + input.Name, cancellationToken);

    /// <summary>What the step needs.</summary>
    /// <param name="Name">The name of the work.</param>
    /// <param name="Ballast">Makes the input large.</param>
    public sealed record Input(string Name, string? Ballast = null) : IStepInput<string>
    {
        public string Subject => Name;
    }
}
