namespace Baas.Sandbox.Pods;

/// <summary>Runs containers of the images that it knows: emulated nodes in this process, or programs of the machine.</summary>
internal interface IContainerRuntime
{
    /// <summary>Whether it emulates the programs rather than runs them. Pods and nodes are labelled so. The default is yes.</summary>
    bool IsEmulated => true;

    /// <summary>Whether this runtime can run the container.</summary>
    bool CanRun(ContainerLaunch launch);

    /// <summary>Why a container of an image that it knows cannot be run on this machine, and what to do; null when it says nothing about the image.</summary>
    string? Refusal(ContainerLaunch launch) => null;

    /// <summary>Starts the container; completes when its program runs, not when it is ready (probes find that out).</summary>
    Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken);
}
