using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The ports on which containers listen; Fabric's own defaults.</summary>
internal static class Ports
{
    /// <summary>The name of the port that a node's clients call.</summary>
    public const string Main = "grpc";

    /// <summary>The name of the orderer's channel participation API.</summary>
    public const string Admin = "admin";

    /// <summary>The name of the port with health and metrics; no Service leads to it, since it asks nobody who they are.</summary>
    public const string Operations = "operations";

    /// <summary>The port of the orderer's channel participation API.</summary>
    public const int OrdererAdmin = 9443;

    /// <summary>The orderer's health and metrics.</summary>
    public const int OrdererOperations = 8443;

    /// <summary>The peer's health and metrics.</summary>
    public const int PeerOperations = 9443;

    /// <summary>The port on which a peer would wait for chaincodes that call it; needed by its settings, reached by nobody.</summary>
    public const int PeerChaincode = 7052;

    /// <summary>The port that a node's clients call.</summary>
    public static int MainOf(NodeRole role) => role switch
    {
        NodeRole.Orderer => 7050,
        NodeRole.Peer => 7051,
        NodeRole.Chaincode => 7052,
        _ => 5984,
    };

    /// <summary>The health and metrics of an orderer or a peer.</summary>
    public static int OperationsOf(NodeRole role) => role == NodeRole.Orderer ? OrdererOperations : PeerOperations;

    /// <summary>The ports of a node's Service, by name.</summary>
    public static IReadOnlyList<(string Name, int Port)> OfService(NodeRole role) => role switch
    {
        NodeRole.Orderer => [(Main, MainOf(role)), (Admin, OrdererAdmin)],
        NodeRole.StateDatabase => [("http", MainOf(role))],
        _ => [(Main, MainOf(role))],
    };

    /// <summary>The ports of a node's container, by name.</summary>
    public static IReadOnlyList<(string Name, int Port)> OfContainer(NodeRole role) => role switch
    {
        NodeRole.Orderer => [.. OfService(role), (Operations, OrdererOperations)],
        NodeRole.Peer => [.. OfService(role), (Operations, PeerOperations)],
        _ => OfService(role),
    };

    /// <summary>The entries of a policy's list of ports.</summary>
    public static JsonArray ForPolicy(params IEnumerable<int> ports) => [.. ports.Select(port => new JsonObject { ["port"] = port, ["protocol"] = "TCP" })];
}
