using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Emulation;

/// <summary>An emulated node as a container.</summary>
/// <param name="node">The node; null when it did not come up.</param>
/// <param name="scratch">The folder that stands for the container's own file system; deleted with it.</param>
internal sealed class EmulatedContainer(INode? node, string scratch) : IRunningContainer
{
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _stopped;

    /// <inheritdoc/>
    public Task<int> Exited => _exited.Task;

    /// <summary>Ends the container.</summary>
    /// <param name="code">The exit code.</param>
    public async Task EndAsync(int code)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        if (node is not null)
        {
            await node.DisposeAsync();
        }

        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }

        _exited.TrySetResult(code);
    }

    /// <inheritdoc/>
    public Task StopAsync(TimeSpan grace) => EndAsync(0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync(137);
}
