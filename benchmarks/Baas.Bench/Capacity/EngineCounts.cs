using System.Diagnostics.Metrics;
using Baas.Core.Telemetry;

namespace Baas.Bench.Capacity;

/// <summary>Counts attempts of steps and ended workflows, by the service's own meter.</summary>
internal sealed class EngineCounts : IDisposable
{
    // By name: the meter's own properties are not there yet when it publishes its first instruments.
    private const string StepDuration = "baas.step.duration";
    private const string WorkflowDuration = "baas.workflow.duration";

    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private long _attempts;
    private long _workflows;
    private double _seconds;

    public EngineCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == BaasTelemetry.Name && instrument.Name is StepDuration or WorkflowDuration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) => Add(instrument.Name == StepDuration, seconds));
        _listener.Start();
    }

    /// <summary>Attempts of steps, ended workflows, and the seconds of all attempts.</summary>
    public (long Attempts, long Workflows, double Seconds) Now
    {
        get
        {
            lock (_gate)
            {
                return (_attempts, _workflows, _seconds);
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(bool isStep, double seconds)
    {
        lock (_gate)
        {
            _attempts += isStep ? 1 : 0;
            _workflows += isStep ? 0 : 1;
            _seconds += isStep ? seconds : 0;
        }
    }
}
