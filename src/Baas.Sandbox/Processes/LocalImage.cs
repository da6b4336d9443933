namespace Baas.Sandbox.Processes;

/// <summary>The program of this machine that stands for an image.</summary>
internal sealed record LocalImage
{
    /// <summary>The program and its arguments. A program with a folder in its name lies below <see cref="WorkingFolder"/>, others are found like a shell finds them.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Where it starts; in the file relative to the file's folder.</summary>
    public string WorkingFolder { get; init; } = ".";

    /// <summary>Variables beside those of the pod, which win.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What has to be there, relative to the working folder, and what makes it, such as <c>node_modules</c> and <c>npm ci</c>.</summary>
    public IReadOnlyDictionary<string, string> Requires { get; init; } = new Dictionary<string, string>();
}
