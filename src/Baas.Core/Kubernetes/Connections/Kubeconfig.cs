using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>Reads the way to a cluster from a kubeconfig.</summary>
/// <param name="clock">The clock of credentials that run out.</param>
/// <param name="allowInsecureTls">Whether <c>insecure-skip-tls-verify</c> is obeyed instead of refused.</param>
internal sealed class Kubeconfig(TimeProvider clock, bool allowInsecureTls)
{
    /// <summary>Reads one context of a kubeconfig.</summary>
    /// <param name="path">The file; paths in it are relative to its folder.</param>
    /// <param name="context">The context; null: the file's current one.</param>
    /// <exception cref="KubernetesException">The file is missing or malformed, or wants what is not supported.</exception>
    public ClusterConnection Open(string path, string? context)
    {
        var root = Parse(path);
        var name = context ?? root.Text("current-context") ?? throw Failures.Kubeconfig(path, "it has no current-context, and no context is named");
        var chosen = Named(root, "contexts", "context", name);
        var clusterName = chosen.Required("cluster");
        var cluster = Named(root, "clusters", "cluster", clusterName);
        var connection = Connection(cluster, clusterName);
        return chosen.Text("user") is { } user ? connection with { Credentials = Credentials(Named(root, "users", "user", user), connection) } : connection;
    }

    private ClusterConnection Connection(KubeconfigNode cluster, string name)
    {
        var skips = cluster.Flag("insecure-skip-tls-verify");
        if (skips && !allowInsecureTls)
        {
            throw Failures.Insecure(cluster.File, name);
        }

        return new ClusterConnection
        {
            Server = Address(cluster, "server", cluster.Required("server"), "http", "https"),
            Authorities = skips ? null : Authorities(cluster),
            TlsServerName = cluster.Text("tls-server-name"),
            SkipsTlsVerify = skips,
            Proxy = cluster.Text("proxy-url") is { } proxy ? Address(cluster, "proxy-url", proxy, "http", "https", "socks5") : null,
            Credentials = new FixedCredentials(ClusterCredential.None),
        };
    }

    private IClusterCredentials Credentials(KubeconfigNode user, ClusterConnection connection)
    {
        if (user.Inner("auth-provider") is not null || user.Text("username") is not null)
        {
            throw user.Wrong("auth-provider", "and username are no longer supported by Kubernetes; use a certificate, a token or an exec plugin");
        }

        var certificate = Certificate(user);
        if (user.Inner("exec") is { } exec)
        {
            return new ExecCredentials(ExecPlugin.Of(exec, connection), clock);
        }

        // As in client-go, the file wins over the token beside it.
        return user.Text("tokenFile") is { } file
            ? new TokenFileCredentials(user.Beside(file), certificate, clock)
            : new FixedCredentials(new ClusterCredential(user.Text("token"), certificate));
    }

    private static X509Certificate2? Certificate(KubeconfigNode user)
    {
        var certificate = user.Pem("client-certificate");
        var key = user.Pem("client-key");
        if (certificate is null && key is null)
        {
            return null;
        }

        try
        {
            return ClientCertificates.FromPem(
                certificate ?? throw user.Wrong("client-certificate", "is missing beside client-key"),
                key ?? throw user.Wrong("client-key", "is missing beside client-certificate"));
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw user.Wrong("client-certificate", "and client-key are no PEM pair that belongs together", failure);
        }
    }

    private static X509Certificate2Collection? Authorities(KubeconfigNode cluster)
    {
        if (cluster.Pem("certificate-authority") is not { } pem)
        {
            return null;
        }

        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException failure)
        {
            throw cluster.Wrong("certificate-authority", "holds a malformed certificate", failure);
        }

        return authorities.Count > 0 ? authorities : throw cluster.Wrong("certificate-authority", "holds no certificate");
    }

    private static Uri Address(KubeconfigNode node, string field, string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)
            ? address
            : throw node.Wrong(field, $"\"{text}\" is no address");

    private static KubeconfigNode Named(KubeconfigNode root, string list, string kind, string name)
    {
        var item = root.Items(list).FirstOrDefault(item => item.Text("name") == name) ?? throw Failures.Kubeconfig(root.File, $"it has no {kind} \"{name}\"");
        return item.Inner(kind) ?? throw Failures.Kubeconfig(root.File, $"its {kind} \"{name}\" is empty");
    }

    private static KubeconfigNode Parse(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode mapping }, ..]
                ? new KubeconfigNode(path, "", mapping)
                : throw Failures.Kubeconfig(path, "it is no YAML mapping");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failures.KubeconfigMissing(path, failure);
        }
        catch (YamlException failure)
        {
            throw Failures.Kubeconfig(path, $"it is no YAML: line {failure.Start.Line}, column {failure.Start.Column}");
        }
    }
}
