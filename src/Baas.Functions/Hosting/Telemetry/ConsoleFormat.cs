namespace Baas.Functions.Hosting.Telemetry;

/// <summary>How the console's lines look.</summary>
internal enum ConsoleFormat
{
    /// <summary>A line for people.</summary>
    Text,

    /// <summary>A JSON object a line, for collectors of logs.</summary>
    Json,
}
