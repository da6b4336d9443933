namespace Baas.Sandbox.Pods;

/// <summary>Runs containers of the images that it knows: emulated nodes in this process, or programs of the machine.</summary>
internal interface IContainerRuntime
{
    /// <summary>Whether this runtime can run the container.</summary>
    bool CanRun(ContainerLaunch launch);

    /// <summary>Starts the container; completes when its program runs, not when it is ready (probes find that out).</summary>
    Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken);
}
