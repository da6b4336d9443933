using System.Net;
using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>
/// Probes a running container. It is asked at once and then at short, growing intervals until it is ready, whatever the initial delay:
/// that delay only forgives failures.
/// </summary>
internal sealed class ContainerProbes
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(10);

    // A container is seen to be ready late by this part of the time that it took at most.
    private const int Share = 8;

    private readonly IPAddress _address;
    private readonly TimeProvider _clock;
    private readonly Action<bool, bool> _report;
    private readonly Action<string> _unhealthy;
    private readonly ProbeSpec? _startup;
    private readonly ProbeSpec? _readiness;
    private readonly ProbeSpec? _liveness;
    private bool _isReady;

    /// <summary>Reads the container's probes.</summary>
    /// <param name="container">The container of the pod's specification.</param>
    /// <param name="address">The pod's address.</param>
    /// <param name="clock">Measures the intervals.</param>
    /// <param name="report">Told whether the container has started and whether it is ready, at each change.</param>
    /// <param name="unhealthy">Told of failures that count.</param>
    public ContainerProbes(JsonObject container, IPAddress address, TimeProvider clock, Action<bool, bool> report, Action<string> unhealthy)
    {
        (_address, _clock, _report, _unhealthy) = (address, clock, report, unhealthy);
        _startup = Supported(container, "startupProbe");
        _readiness = Supported(container, "readinessProbe");
        _liveness = Supported(container, "livenessProbe");
    }

    /// <summary>Probes until the container has to be killed; gives the reason. Otherwise it ends with the cancellation.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (_startup is not null && !await StartUpAsync(_startup, cancellationToken))
        {
            return "failed startup probe";
        }

        _isReady = _readiness is null;
        _report(true, _isReady);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readiness = _readiness is null ? Task.CompletedTask : WatchReadinessAsync(_readiness, ending.Token);
        try
        {
            await (_liveness is null ? Task.Delay(Timeout.Infinite, cancellationToken) : UntilDeadAsync(_liveness, cancellationToken));
            return "failed liveness probe";
        }
        finally
        {
            await ending.CancelAsync();
            await readiness.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static TimeSpan WaitAfter(TimeSpan waited, TimeSpan period) => TimeSpan.FromTicks(Math.Clamp(waited.Ticks / Share, FirstInterval.Ticks, period.Ticks));

    private ProbeSpec? Supported(JsonObject container, string name)
    {
        var probe = ProbeSpec.Of(container, name);
        if (probe?.Kind is ProbeKind.Unsupported)
        {
            _unhealthy($"{name}: the sandbox has httpGet and tcpSocket probes only; the probe counts as successful");
            return null;
        }

        return probe;
    }

    private async Task<bool> StartUpAsync(ProbeSpec probe, CancellationToken cancellationToken)
    {
        var began = _clock.GetUtcNow();
        while (await Prober.AskAsync(probe, _address, cancellationToken) is { } failure)
        {
            var waited = _clock.GetUtcNow() - began;
            if (waited >= probe.InitialDelay + (probe.Period * probe.FailureThreshold))
            {
                _unhealthy($"Startup probe failed: {failure}");
                return false;
            }

            await Task.Delay(WaitAfter(waited, probe.Period), _clock, cancellationToken);
        }

        return true;
    }

    private async Task WatchReadinessAsync(ProbeSpec probe, CancellationToken cancellationToken)
    {
        var began = _clock.GetUtcNow();
        var lastReady = began;
        var (successes, failures) = (0, 0);
        while (true)
        {
            if (await Prober.AskAsync(probe, _address, cancellationToken) is not { } failure)
            {
                (successes, failures) = (successes + 1, 0);
                SetReady(_isReady || successes >= probe.SuccessThreshold);
            }
            else
            {
                (successes, failures) = (0, failures + 1);
                SetReady(_isReady && failures < probe.FailureThreshold);
                if (_clock.GetUtcNow() - began >= probe.InitialDelay + probe.Period)
                {
                    _unhealthy($"Readiness probe failed: {failure}");
                }
            }

            lastReady = _isReady ? _clock.GetUtcNow() : lastReady;
            await Task.Delay(_isReady ? probe.Period : WaitAfter(_clock.GetUtcNow() - lastReady, probe.Period), _clock, cancellationToken);
        }
    }

    private async Task UntilDeadAsync(ProbeSpec probe, CancellationToken cancellationToken)
    {
        await Task.Delay(probe.InitialDelay, _clock, cancellationToken);
        for (var failures = 0; failures < probe.FailureThreshold;)
        {
            await Task.Delay(probe.Period, _clock, cancellationToken);
            var failure = await Prober.AskAsync(probe, _address, cancellationToken);
            failures = failure is null ? 0 : failures + 1;
            if (failure is not null)
            {
                _unhealthy($"Liveness probe failed: {failure}");
            }
        }
    }

    private void SetReady(bool isReady)
    {
        if (isReady != _isReady)
        {
            _isReady = isReady;
            _report(true, isReady);
        }
    }
}
