namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>What the containers of pods printed.</summary>
internal interface IPodLogs
{
    /// <summary>
    /// Lines of a container, oldest first, without line ends. With <see cref="LogRequest.Follow"/> it goes on until the container ends or the caller cancels.
    /// Null when the container has not been started (yet), or not before when the previous run is asked for.
    /// </summary>
    IAsyncEnumerable<string>? Read(LogRequest request, CancellationToken cancellationToken);
}
