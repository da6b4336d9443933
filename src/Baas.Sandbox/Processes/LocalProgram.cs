namespace Baas.Sandbox.Processes;

/// <summary>What is started for an image.</summary>
/// <param name="File">The program, with its folder or found by PATH.</param>
/// <param name="Arguments">What it gets before the arguments of the container.</param>
internal sealed record LocalProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it starts; null for the container's folder.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Variables that those of the container override.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder of its default settings; null when it has none.</summary>
    public string? Defaults { get; init; }

    /// <summary>The builder of chaincodes that run as services; null when it needs none.</summary>
    public string? Builder { get; init; }
}
