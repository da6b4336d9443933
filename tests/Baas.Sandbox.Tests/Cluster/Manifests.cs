using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Tests.Cluster;

/// <summary>Objects that tests use.</summary>
internal static class Manifests
{
    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static JsonObject Named(string name, string inNamespace = "default") => new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = inNamespace } };

    public static JsonObject Pod(string name, string? node = null, string inNamespace = "default") => Parse($$"""
        {"metadata":{"name":"{{name}}","namespace":"{{inNamespace}}","labels":{"app":"{{name}}"} },
         "spec":{"nodeName":"{{node}}","containers":[{"name":"main","image":"example/main:1"}]} }
        """);

    public static string StatefulSet(string name, int replicas = 1) => $$"""
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"{{name}}","namespace":"default"},
         "spec":{"serviceName":"{{name}}","replicas":{{replicas}},"selector":{"matchLabels":{"app":"{{name}}"} },
          "template":{"metadata":{"labels":{"app":"{{name}}"} },"spec":{"containers":[
            {"name":"main","image":"example/main:1","env":[{"name":"A","value":"1"}],"ports":[{"containerPort":7050}]}]} } } }
        """;

    public static ObjectKey PodKey(string name) => new(ClusterKinds.Pods, "default", name);

    public static ObjectKey ConfigKey(string name) => new(ClusterKinds.ConfigMaps, "default", name);
}
