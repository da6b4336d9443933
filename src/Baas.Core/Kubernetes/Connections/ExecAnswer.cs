using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>What an exec plugin has printed.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="Expires">When it runs out; null: not before it is refused.</param>
internal sealed record ExecAnswer(ClusterCredential Credential, DateTimeOffset? Expires)
{
    /// <summary>Reads an ExecCredential. Messages never quote it.</summary>
    /// <exception cref="KubernetesException">It is malformed (<c>exec-plugin-failed</c>).</exception>
    public static ExecAnswer Parse(ExecPlugin plugin, string output)
    {
        try
        {
            var answer = JsonNode.Parse(output) as JsonObject;
            var version = Text(answer, "apiVersion");
            if (version != plugin.ApiVersion)
            {
                throw Failures.Plugin(plugin.Command, $"it answers in apiVersion \"{version}\" instead of \"{plugin.ApiVersion}\"", isTransient: false);
            }

            var status = answer?["status"] as JsonObject;
            var certificate = Text(status, "clientCertificateData");
            var key = Text(status, "clientKeyData");
            var token = Text(status, "token");
            if (token is null && (certificate is null || key is null))
            {
                throw Failures.Plugin(plugin.Command, "it gives neither a token nor a certificate with its key", isTransient: false);
            }

            var joined = certificate is null || key is null ? null : ClientCertificates.FromPem(certificate, key);
            return new ExecAnswer(new ClusterCredential(token, joined), Expiration(status));
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or CryptographicException or ArgumentException)
        {
            throw Failures.Plugin(plugin.Command, "its output is no well-formed ExecCredential", isTransient: false);
        }
    }

    private static string? Text(JsonObject? node, string name) => node?[name]?.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Expiration(JsonObject? status) => Text(status, "expirationTimestamp") is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}
