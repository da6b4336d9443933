namespace Baas.Sandbox;

/// <summary>What a program that the host brings gets to see of its container.</summary>
public sealed record SandboxRun
{
    /// <summary>The container's environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where a path of the container lies on this machine.</summary>
    public required Func<string, string> PathOf { get; init; }

    /// <summary>Takes a line that the program prints.</summary>
    public required Action<string> Log { get; init; }
}
