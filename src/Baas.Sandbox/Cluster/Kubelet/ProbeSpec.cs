using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>A startup, readiness or liveness probe with Kubernetes' defaults filled in.</summary>
internal sealed record ProbeSpec
{
    /// <summary>How it asks.</summary>
    public required ProbeKind Kind { get; init; }

    /// <summary>The port to ask, 1 to 65535; 0 for kinds without.</summary>
    public int Port { get; init; }

    /// <summary>The path of an HTTP probe.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The Host header of an HTTP probe, or null for the address.</summary>
    public string? Host { get; init; }

    /// <summary>Further headers of an HTTP probe.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How long a failing probe is forgiven after the start.</summary>
    public required TimeSpan InitialDelay { get; init; }

    /// <summary>The time between two probes.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The time that one probe may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>So many failures in a row count as failed.</summary>
    public required int FailureThreshold { get; init; }

    /// <summary>So many successes in a row count as successful.</summary>
    public required int SuccessThreshold { get; init; }

    /// <summary>The probe of a container, or null when it has none of that name.</summary>
    public static ProbeSpec? Of(JsonObject container, string name)
    {
        if (container.Object(name) is not { } probe)
        {
            return null;
        }

        var http = probe.Object("httpGet");
        var target = http ?? probe.Object("tcpSocket");
        return new ProbeSpec
        {
            Kind = KindOf(probe),
            Port = PortOf(container, target),
            Path = http.Text("path") ?? "/",
            Host = http.Text("host"),
            Headers = [.. http.Objects("httpHeaders").Select(header => KeyValuePair.Create(header.Text("name") ?? "", header.Text("value") ?? ""))],
            InitialDelay = Seconds(probe, "initialDelaySeconds", 0),
            Period = Seconds(probe, "periodSeconds", 10, 1),
            Timeout = Seconds(probe, "timeoutSeconds", 1, 1),
            FailureThreshold = (int)Math.Max(1, probe.Number("failureThreshold") ?? 3),
            SuccessThreshold = (int)Math.Max(1, probe.Number("successThreshold") ?? 1),
        };
    }

    private static ProbeKind KindOf(JsonObject probe)
    {
        if (probe.Object("httpGet") is { } http)
        {
            return string.Equals(http.Text("scheme"), "HTTPS", StringComparison.OrdinalIgnoreCase) ? ProbeKind.Https : ProbeKind.Http;
        }

        return probe.Object("tcpSocket") is null ? ProbeKind.Unsupported : ProbeKind.Tcp;
    }

    // A port is a number or the name of one of the container's ports.
    private static int PortOf(JsonObject container, JsonObject? target) =>
        (int?)target.Number("port")
        ?? (int?)container.Objects("ports").FirstOrDefault(port => port.Text("name") is { } name && name == target.Text("port")).Number("containerPort")
        ?? 0;

    private static TimeSpan Seconds(JsonObject probe, string name, int byDefault, int atLeast = 0) =>
        TimeSpan.FromSeconds(Math.Max(atLeast, probe.Number(name) ?? byDefault));
}
