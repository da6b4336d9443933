using System.Text;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Resolves the environment of a container.</summary>
/// <param name="secret">Finds a Secret of the pod's namespace.</param>
/// <param name="configMap">Finds a ConfigMap of the pod's namespace.</param>
internal sealed class PodEnvironment(Func<string, JsonObject?> secret, Func<string, JsonObject?> configMap)
{
    /// <summary>The variables of a container, references and <c>$(NAME)</c> resolved.</summary>
    /// <exception cref="ConfigurationException">A reference that is not optional leads nowhere.</exception>
    public IReadOnlyDictionary<string, string> Of(JsonObject pod, JsonObject container)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOSTNAME"] = pod.Text("spec", "hostname") ?? pod.Name };
        foreach (var source in container.Objects("envFrom"))
        {
            AddAll(variables, source);
        }

        foreach (var variable in container.Objects("env"))
        {
            if (variable.Text("name") is { Length: > 0 } name && ValueOf(pod, variable, variables) is { } value)
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private string? ValueOf(JsonObject pod, JsonObject variable, Dictionary<string, string> earlier) => variable.Object("valueFrom") switch
    {
        null => Expansion.Expand(variable.Text("value") ?? "", earlier),
        var from when from.Object("secretKeyRef") is { } reference => Key("secret", secret, reference),
        var from when from.Object("configMapKeyRef") is { } reference => Key("configmap", configMap, reference),
        var from when from.Object("fieldRef") is { } reference => DownwardFields.Read(pod, reference.Text("fieldPath") ?? ""),
        _ => throw new ConfigurationException($"the source of variable {variable.Text("name")} is not supported by the sandbox"),
    };

    private static string? Key(string kind, Func<string, JsonObject?> find, JsonObject reference)
    {
        var name = reference.Text("name") ?? "";
        var key = reference.Text("key") ?? "";
        var found = find(name);
        if (found is not null && Value(found, key) is { } value)
        {
            return value;
        }

        return reference.Flag("optional")
            ? null
            : throw new ConfigurationException(found is null ? $"{kind} \"{name}\" not found" : $"couldn't find key {key} in {kind} \"{name}\"");
    }

    private void AddAll(Dictionary<string, string> variables, JsonObject source)
    {
        var (kind, find, reference) = source.Object("secretRef") is { } ofSecret
            ? ("secret", secret, ofSecret)
            : ("configmap", configMap, source.Object("configMapRef") ?? []);
        var name = reference.Text("name") ?? "";
        if (find(name) is not { } found)
        {
            if (!reference.Flag("optional"))
            {
                throw new ConfigurationException($"{kind} \"{name}\" not found");
            }

            return;
        }

        foreach (var (key, _) in found.Object("data") ?? [])
        {
            variables[(source.Text("prefix") ?? "") + key] = Value(found, key) ?? "";
        }
    }

    private static string? Value(JsonObject found, string key) =>
        found.Text("data", key) is { } value && found.Text("kind") is "Secret" ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : found.Text("data", key);
}
