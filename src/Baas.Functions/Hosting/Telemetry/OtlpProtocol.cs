namespace Baas.Functions.Hosting.Telemetry;

/// <summary>How OTLP travels.</summary>
internal enum OtlpProtocol
{
    /// <summary>gRPC, usually on port 4317.</summary>
    Grpc,

    /// <summary>HTTP with protobuf bodies, usually on port 4318.</summary>
    Http,
}
