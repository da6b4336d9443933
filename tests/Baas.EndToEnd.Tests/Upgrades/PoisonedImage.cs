using Baas.Sandbox.Emulation;
using Baas.Sandbox.Pods;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>Emulated nodes, of which those of one version end as soon as they start.</summary>
internal sealed class PoisonedImage(string version) : IContainerRuntime
{
    private readonly EmulatedRuntime _emulated = new(TimeProvider.System);

    /// <summary>Whether they do.</summary>
    public bool IsPoisoned { get; set; } = true;

    public bool CanRun(ContainerLaunch launch) => _emulated.CanRun(launch);

    public Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken) => IsPoisoned && launch.Image.EndsWith($":{version}", StringComparison.Ordinal)
        ? Task.FromResult<IRunningContainer>(new Ended())
        : _emulated.StartAsync(launch, cancellationToken);

    private sealed class Ended : IRunningContainer
    {
        public Task<int> Exited => Task.FromResult(2);

        public Task StopAsync(TimeSpan grace) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
