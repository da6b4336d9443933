using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>A step of contract tests that looks: what is waited for is there at the second look.</summary>
public sealed class Look(Probe probe) : IStep<Look.Input, Observation>
{
    public static StepOptions Options => Work.Options;

    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await probe.RunAsync(input.Name, cancellationToken);
        return probe.AttemptsOf(input.Name) > 1 ? new Observation(true, "") : new Observation(false, $"{input.Name} is not there");
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Name">What is looked for.</param>
    public sealed record Input(string Name) : IStepInput<Observation>
    {
        public string Subject => Name;
    }
}
