using Baas.Core.Operations.Health;

namespace Baas.Functions.Timers;

/// <summary>Every 15 seconds: sends the messages for webhooks that are due. Apart from the sweep, so that a webhook that hangs holds up no look at a network.</summary>
internal sealed class AlertTimer(AlertOutbox outbox) : IServiceTimer
{
    /// <inheritdoc/>
    public string Name => "alert-delivery";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => outbox.SendAsync(cancellationToken);
}
