namespace Baas.Sandbox.Pods;

/// <summary>Runs containers whose programs the host of the sandbox has brought.</summary>
/// <param name="programs">The programs by the names of their images, without registry and tag.</param>
internal sealed class HostedRuntime(IReadOnlyDictionary<string, SandboxProgram> programs) : IContainerRuntime
{
    /// <inheritdoc/>
    public bool IsEmulated => false;

    /// <inheritdoc/>
    public bool CanRun(ContainerLaunch launch) => programs.ContainsKey(ContainerImage.Of(launch).Repository);

    /// <inheritdoc/>
    public Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        var program = programs[ContainerImage.Of(launch).Repository];
        var run = new SandboxRun
        {
            Environment = launch.Environment,
            PathOf = path => PathOf(launch.Mounts, path),
            Log = launch.Log,
        };
        return Task.FromResult<IRunningContainer>(new HostedContainer(token => program(run, token)));
    }

    private static string PathOf(IReadOnlyList<ContainerMount> mounts, string path)
    {
        var mount = mounts.Where(mount => path == mount.ContainerPath || path.StartsWith(mount.ContainerPath.TrimEnd('/') + "/", StringComparison.Ordinal)).MaxBy(mount => mount.ContainerPath.Length);
        return mount is null ? path : Path.Combine(mount.HostPath, path[mount.ContainerPath.Length..].TrimStart('/'));
    }
}
