using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>How the cluster finds out that a container works.</summary>
internal static class Probes
{
    // A peer may rebuild its databases for an hour before it listens; it must not be restarted meanwhile.
    private const int StartLimit = 3600;

    /// <summary>The probes of Fabric's nodes: started when the main port takes connections (health is served long before that), ready and alive by their health.</summary>
    /// <param name="mainPort">The main port's name.</param>
    /// <param name="operationsPort">The health port's name.</param>
    public static IReadOnlyList<(string Name, JsonObject Probe)> OfFabric(string mainPort, string operationsPort) =>
    [
        ("startupProbe", Probe("tcpSocket", new JsonObject { ["port"] = mainPort }, 1, StartLimit)),
        ("readinessProbe", Probe("httpGet", Http("/healthz", operationsPort), 2, 3)),
        ("livenessProbe", Probe("httpGet", Http("/healthz", operationsPort), 10, 12)),
    ];

    /// <summary>The probe of a program that is ready when its port takes connections.</summary>
    public static IReadOnlyList<(string Name, JsonObject Probe)> OfPort(string port) =>
        [("readinessProbe", Probe("tcpSocket", new JsonObject { ["port"] = port }, 2, 3))];

    /// <summary>The probe of a program that tells its readiness over HTTP.</summary>
    public static IReadOnlyList<(string Name, JsonObject Probe)> OfPath(string path, string port) =>
        [("readinessProbe", Probe("httpGet", Http(path, port), 2, 3))];

    private static JsonObject Http(string path, string port) => new() { ["path"] = path, ["port"] = port };

    private static JsonObject Probe(string kind, JsonObject action, int periodSeconds, int failureThreshold) => new()
    {
        [kind] = action,
        ["periodSeconds"] = periodSeconds,
        ["timeoutSeconds"] = 2,
        ["failureThreshold"] = failureThreshold,
    };
}
