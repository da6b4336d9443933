namespace Baas.Core.Workflows.Engine;

/// <summary>The name of a step or workflow in histories: that of the class in which its input is nested.</summary>
public static class StepName
{
    /// <summary>The name of the step or workflow that takes <paramref name="input"/>.</summary>
    public static string Of(IStepInput input) => Of(input.GetType());

    /// <summary>The name of the step or workflow that takes inputs of this type.</summary>
    /// <exception cref="ArgumentException">The type is not nested in a step or workflow.</exception>
    public static string Of(Type inputType) =>
        inputType.DeclaringType?.Name ?? throw new ArgumentException($"{inputType} is not nested in a step or workflow", nameof(inputType));
}
