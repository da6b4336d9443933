using Baas.Core.Operations.Renewals;

namespace Baas.Functions.Timers;

/// <summary>Each hour: begins renewals of certificates that are due, each network at most once a day.</summary>
internal sealed class RenewalTimer(RenewalSweep sweep) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "certificate-renewal";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
