namespace Baas.Sandbox;

/// <summary>A program that the host of the sandbox brings: it stands for an image and runs in this process, whatever the nodes are.</summary>
/// <param name="run">What the container gets to see.</param>
/// <param name="cancellationToken">The pod is to end.</param>
/// <returns>The exit code.</returns>
public delegate Task<int> SandboxProgram(SandboxRun run, CancellationToken cancellationToken);
