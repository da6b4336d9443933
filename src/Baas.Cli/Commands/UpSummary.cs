using System.Text.Json.Nodes;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary>What <c>baas up</c> has come to.</summary>
internal sealed record UpSummary
{
    public required string Network { get; init; }

    public required string State { get; init; }

    public required string Operation { get; init; }

    /// <summary>Whether this run has made it.</summary>
    public bool IsNew { get; init; }

    public required Uri Server { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The file that holds the API key; the key itself is not printed.</summary>
    public required string ApiKeyFile { get; init; }

    public required string Kubeconfig { get; init; }

    /// <summary>Whether the sandbox's Fabric nodes are emulated; otherwise they are Fabric's own programs.</summary>
    public bool IsEmulated { get; init; }

    public required IReadOnlyList<string> Organizations { get; init; }

    public required IReadOnlyList<string> Channels { get; init; }

    public required int Orderers { get; init; }

    public required int Peers { get; init; }

    /// <summary>From the program's start to service and sandbox listening.</summary>
    public double StartSeconds { get; init; }

    /// <summary>From the request to the ready network.</summary>
    public required double CreateSeconds { get; init; }

    public required IReadOnlyList<PhaseTime> Phases { get; init; }

    public static async Task<UpSummary> OfAsync(ApiClient api, Operation operation, Uri server, string kubeconfig, CancellationToken cancellationToken)
    {
        var network = await api.GetAsync<Network>($"/networks/{operation.Network}", cancellationToken);
        var topology = await api.GetAsync<JsonObject>($"/networks/{operation.Network}/topology", cancellationToken);
        var organizations = Items(topology["organizations"]).ToList();
        var roles = organizations.SelectMany(organization => Items(organization["nodes"])).Select(node => (string?)node["role"]).ToList();
        return new UpSummary
        {
            Network = network.Name,
            State = network.State,
            Operation = operation.Id,
            Server = server,
            Tenant = HostOptions.FirstTenant,
            ApiKeyFile = UserSettings.FilePath,
            Kubeconfig = kubeconfig,
            Organizations = [.. organizations.Where(organization => (bool?)organization["isOrdering"] != true).Select(organization => (string?)organization["name"] ?? "")],
            Channels = [.. Items(topology["channels"]).Select(channel => (string?)channel["name"] ?? "")],
            Orderers = roles.Count(role => role == "orderer"),
            Peers = roles.Count(role => role == "peer"),
            CreateSeconds = Math.Round(((operation.EndedAt ?? operation.CreatedAt) - operation.CreatedAt).TotalSeconds, 3),
            Phases = OperationSummary.Phases(operation),
        };
    }

    private static IEnumerable<JsonObject> Items(JsonNode? node) => node is JsonArray items ? items.OfType<JsonObject>() : [];
}
