namespace Baas.Bench.Measuring;

/// <summary>One measured value.</summary>
internal sealed record Measurement
{
    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>Its unit.</summary>
    public required string Unit { get; init; }

    /// <summary>What it has to reach; null for values that only explain others.</summary>
    public Goal? Goal { get; init; }

    /// <summary>How it came about: the number of runs, their spread, the floor below which it cannot come.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the goal is met; null without one.</summary>
    public bool? IsMet => Goal?.IsMetBy(Value);
}
