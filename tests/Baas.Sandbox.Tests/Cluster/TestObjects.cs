namespace Baas.Sandbox.Tests.Cluster;

/// <summary>Objects that tests apply.</summary>
internal static class TestObjects
{
    public const string Probe = """{"httpGet":{"path":"/healthz","port":7051},"periodSeconds":1}""";

    public static string StatefulSet(string name, int replicas = 1, string image = "fake/node:1", string policy = "OrderedReady", string further = "", string pod = "") => $$"""
        {
          "metadata": { "name": "{{name}}" },
          "spec": {
            "replicas": {{replicas}}, "serviceName": "{{name}}", "podManagementPolicy": "{{policy}}",
            "selector": { "matchLabels": { "app": "{{name}}" } },
            "template": {
              "metadata": { "labels": { "app": "{{name}}" } },
              "spec": { {{pod}} "containers": [ { "name": "node", "image": "{{image}}", "readinessProbe": {{Probe}}, {{further}}
                "volumeMounts": [ { "name": "data", "mountPath": "/data" } ] } ] }
            },
            "volumeClaimTemplates": [ { "metadata": { "name": "data" }, "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Gi" } } } } ]
          }
        }
        """;

    public static string Service(string name, string app, string type = "ClusterIP", int port = 7051, string further = "") => $$"""
        { "metadata": { "name": "{{name}}" }, "spec": { "type": "{{type}}", {{further}} "selector": { "app": "{{app}}" }, "ports": [ { "name": "grpc", "port": {{port}}, "targetPort": 7051 } ] } }
        """;

    public static string Pod(string name, string image = "fake/node:1", string further = "", string spec = "") => $$"""
        { "metadata": { "name": "{{name}}", "labels": { "app": "{{name}}" } }, "spec": { {{spec}} "containers": [ { {{further}} "name": "node", "image": "{{image}}" } ] } }
        """;
}
