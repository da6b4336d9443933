namespace Baas.Functions.Hosting.Telemetry;

/// <summary>The settings under <c>telemetry</c>. What a collector asks for as proof comes from the environment (<c>OTEL_EXPORTER_OTLP_HEADERS</c>), not from a file.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>The collector's address, without a path: <c>http://collector:4317</c>. The default is none: nothing is sent.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>How it is spoken to. The default is gRPC.</summary>
    public OtlpProtocol OtlpProtocol { get; set; }

    /// <summary>The name of this service in traces. The default is <c>baas</c>.</summary>
    public string ServiceName { get; set; } = "baas";

    /// <summary>How the lines of the console look. The default is text.</summary>
    public ConsoleFormat Console { get; set; }

    /// <summary>How often metrics are sent. The default is 15 seconds.</summary>
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(15);
}
