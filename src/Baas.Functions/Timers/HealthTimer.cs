using Baas.Core.Health;
using Baas.Core.Operations.Health;

namespace Baas.Functions.Timers;

/// <summary>Each minute: looks at every network.</summary>
internal sealed class HealthTimer(HealthSweep sweep, HealthOptions options) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "health-sweep";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => options.Enabled ? sweep.RunAsync(cancellationToken) : Task.CompletedTask;
}
