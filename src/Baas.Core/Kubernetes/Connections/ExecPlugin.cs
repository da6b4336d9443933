using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>A program that prints credentials (client.authentication.k8s.io), as a kubeconfig names it.</summary>
internal sealed record ExecPlugin
{
    private const string Group = "client.authentication.k8s.io";

    /// <summary>The program; a name without a folder is looked up in PATH.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>What it gets in its environment beside this process's own.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The version of the protocol.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>How to install it, for the message when it is not there.</summary>
    public string? InstallHint { get; init; }

    /// <summary>Reads the <c>exec</c> part of a user.</summary>
    public static ExecPlugin Of(KubeconfigNode exec, ClusterConnection connection)
    {
        var apiVersion = exec.Required("apiVersion");
        if (apiVersion is not (Group + "/v1" or Group + "/v1beta1"))
        {
            throw exec.Wrong("apiVersion", $"\"{apiVersion}\" is neither {Group}/v1 nor {Group}/v1beta1");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            throw exec.Wrong("interactiveMode", "is Always, but nobody is there to answer");
        }

        var environment = exec.Items("env").ToDictionary(item => item.Required("name"), item => item.Text("value") ?? "", StringComparer.Ordinal);
        environment["KUBERNETES_EXEC_INFO"] = ExecInfo(apiVersion, exec.Flag("provideClusterInfo") ? connection : null).ToJsonString();
        var command = exec.Required("command");
        return new ExecPlugin
        {
            Command = command.Contains(Path.DirectorySeparatorChar) || command.Contains('/') ? exec.Beside(command) : command,
            Arguments = exec.Texts("args"),
            Environment = environment,
            ApiVersion = apiVersion,
            InstallHint = exec.Text("installHint"),
        };
    }

    private static JsonObject ExecInfo(string apiVersion, ClusterConnection? connection)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (connection is not null)
        {
            var cluster = new JsonObject { ["server"] = connection.Server.AbsoluteUri };
            AddUnlessNull(cluster, "tls-server-name", connection.TlsServerName);
            AddUnlessNull(cluster, "certificate-authority-data", connection.Authorities is { } authorities
                ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(authorities.ExportCertificatePems()))
                : null);
            AddUnlessNull(cluster, "proxy-url", connection.Proxy?.AbsoluteUri);
            if (connection.SkipsTlsVerify)
            {
                cluster["insecure-skip-tls-verify"] = true;
            }

            spec["cluster"] = cluster;
        }

        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = apiVersion, ["spec"] = spec };
    }

    private static void AddUnlessNull(JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
