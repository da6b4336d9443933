using Baas.Sandbox;

namespace Baas.Cli.Commands;

/// <summary>What <c>baas up</c> was asked for.</summary>
internal sealed record UpOptions
{
    /// <summary>The specification.</summary>
    public required FileInfo Specification { get; init; }

    /// <summary>The data folder.</summary>
    public required DirectoryInfo Data { get; init; }

    /// <summary>What the nodes are; null for what they were before.</summary>
    public SandboxNodes? Nodes { get; init; }

    /// <summary>The API's port; null for 7700, or any free one with <see cref="Once"/>.</summary>
    public int? Port { get; init; }

    /// <summary>Whether to end when the network is ready.</summary>
    public bool Once { get; init; }

    /// <summary>Whether to print the summary as JSON.</summary>
    public bool Json { get; init; }
}
