using System.Collections.Concurrent;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Tests.Cluster;

/// <summary>Runs images named <c>fake/…</c>: a listener that answers HTTP, a program that fails (<c>fake/crash</c>) or one that succeeds (<c>fake/task</c>).</summary>
internal sealed class FakeRuntime : IContainerRuntime
{
    private readonly ConcurrentQueue<ContainerLaunch> _launches = new();

    /// <summary>What the listeners answer.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Every start, in order.</summary>
    public IReadOnlyCollection<ContainerLaunch> Launches => _launches;

    public ConcurrentDictionary<string, FakeContainer> Running { get; } = new();

    public bool CanRun(ContainerLaunch launch) => launch.Image.StartsWith("fake/", StringComparison.Ordinal);

    public Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        _launches.Enqueue(launch);
        launch.Log($"hello from {launch.Pod}");
        int? exit = launch.Image switch
        {
            "fake/crash:1" => 1,
            "fake/task:1" => 0,
            _ => null,
        };
        var container = new FakeContainer(this, launch, exit);
        Running[launch.Pod] = container;
        return Task.FromResult<IRunningContainer>(container);
    }
}
