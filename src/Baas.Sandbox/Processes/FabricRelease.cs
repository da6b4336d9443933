namespace Baas.Sandbox.Processes;

/// <summary>A release of Fabric on this machine.</summary>
/// <param name="Version">What its programs say, such as <c>3.1.5</c>.</param>
/// <param name="Programs">The folder of <c>orderer</c> and <c>peer</c>.</param>
internal sealed record FabricRelease(string Version, string Programs)
{
    private static readonly string[] BuilderFolders = ["builders/ccaas", "ccaas_builder"];

    private string Above => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Programs)) ?? Programs;

    /// <summary>The folder of <c>core.yaml</c> and <c>orderer.yaml</c>.</summary>
    public string Defaults => Path.Combine(Above, "config");

    /// <summary>The builder of chaincodes that run as services; null when the release came without it.</summary>
    public string? Builder => BuilderFolders.Select(name => Path.Combine(Above, name)).FirstOrDefault(Directory.Exists);

    /// <summary>Whether an image's tag means this release: <c>3.1</c> is any <c>3.1.x</c>.</summary>
    public bool Is(string tag) => Version == tag || Version.StartsWith(tag + '.', StringComparison.Ordinal);
}
