using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Api.Printing;

/// <summary>The columns of Services and their endpoints.</summary>
internal static class ServiceColumns
{
    private const int MaxEndpoints = 3;

    public static IReadOnlyList<Column> All(Column name, Column age) =>
    [
        name,
        new("Type", Cells.Field("spec", "type")),
        new("Cluster-IP", Cells.Field("spec", "clusterIP")),
        new("External-IP", (service, _) => External(service)),
        new("Port(s)", (service, _) => Cells.Or(string.Join(',', service.Objects("spec", "ports").Select(Port)))),
        age,
        new("Selector", (service, _) => Cells.Labels(service.Object("spec", "selector")), true),
    ];

    /// <summary>The addresses behind a Service, in one line.</summary>
    public static string Endpoints(JsonObject endpoints)
    {
        var all = endpoints.Objects("subsets").SelectMany(subset => subset.Objects("addresses")
            .SelectMany(address => subset.Objects("ports").Select(port => $"{address.Text("ip")}:{port.At("port")}"))).ToList();
        var more = all.Count > MaxEndpoints ? $" + {all.Count - MaxEndpoints} more..." : "";
        return Cells.Or(string.Join(',', all.Take(MaxEndpoints)) + more);
    }

    private static string Port(JsonObject port) =>
        $"{port.At("port")}{(port.Number("nodePort") is { } node and > 0 ? $":{node}" : "")}/{port.Text("protocol") ?? "TCP"}";

    private static string External(JsonObject service)
    {
        var given = service.Objects("status", "loadBalancer", "ingress").Select(one => one.Text("ip") ?? one.Text("hostname")).OfType<string>().Concat(service.Texts("spec", "externalIPs")).ToList();
        return service.Text("spec", "type") switch
        {
            "ExternalName" => service.Text("spec", "externalName") ?? "",
            "LoadBalancer" when given.Count == 0 => "<pending>",
            _ => Cells.Or(string.Join(',', given)),
        };
    }
}
