using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes;

/// <summary>Makes exceptions of what API servers answer, or of that they do not.</summary>
internal static class ClusterFailures
{
    private const int MaxMessage = 500;
    private const string NamespaceTerminating = "namespace-terminating";
    private const string QuotaPending = "cluster-quota-pending";

    /// <summary>The exception for an answer that is no success.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The answer's body; a Status object when the API server itself has answered.</param>
    public static KubernetesException Of(ClusterRequest request, HttpStatusCode status, string body)
    {
        var answer = ParseStatus(body);
        var code = CodeOf(status, answer);
        return new KubernetesException(code, $"{request.Cannot}: {Say(request, status, answer)}", (int)status)
        {
            IsTransient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.TooManyRequests
                || (int)status >= 500 || code is NamespaceTerminating or QuotaPending,
        };
    }

    /// <summary>The exception for a Status object inside a watch.</summary>
    public static KubernetesException OfEvent(ClusterRequest request, JsonNode? status)
    {
        var code = status?["code"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 500;
        return Of(request, (HttpStatusCode)code, status?.ToJsonString() ?? "");
    }

    /// <summary>The exception for a request that got no answer.</summary>
    public static KubernetesException Unreachable(ClusterRequest request, Uri? server, Exception cause)
    {
        var authority = server is null ? "the cluster" : server.Authority;
        return cause switch
        {
            HttpRequestException { InnerException: AuthenticationException tls } =>
                new KubernetesException("cluster-untrusted", $"{request.Cannot}: the TLS handshake with {authority} failed: {Messages.OneLine(tls.Message, MaxMessage)}", cause: cause),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new KubernetesException("cluster-malformed", $"{request.Cannot}: {authority} answers with more than is read", cause: cause),
            _ => new KubernetesException("cluster-unreachable", $"{request.Cannot}: {authority} does not answer: {Messages.OneLine(cause.Message, MaxMessage)}", cause: cause) { IsTransient = true },
        };
    }

    /// <summary>The exception for an answer that is no JSON object, such as the page of a proxy.</summary>
    public static KubernetesException Malformed(ClusterRequest request, Exception? cause) =>
        new("cluster-malformed", $"{request.Cannot}: the answer is not what a Kubernetes API gives", cause: cause);

    private static string CodeOf(HttpStatusCode status, JsonObject? answer) => status switch
    {
        HttpStatusCode.Unauthorized => "cluster-unauthorized",
        HttpStatusCode.Forbidden => CodeOfForbidden(answer),
        HttpStatusCode.NotFound => "cluster-not-found",
        HttpStatusCode.Conflict => "cluster-conflict",
        HttpStatusCode.Gone => "cluster-expired",
        HttpStatusCode.UnprocessableEntity => "cluster-invalid",
        HttpStatusCode.TooManyRequests => "cluster-busy",
        _ => (int)status >= 500 ? "cluster-unavailable" : "cluster-refused",
    };

    // 403 is more than missing rights: quota and admission (pod security) refuse with it, too.
    private static string CodeOfForbidden(JsonObject? answer)
    {
        var message = Text(answer, "message");
        if (message.Contains("exceeded quota", StringComparison.Ordinal))
        {
            return "cluster-quota";
        }

        // A new quota admits nothing until the cluster has counted what is there, which takes it a moment.
        if (message.Contains("status unknown for quota", StringComparison.Ordinal))
        {
            return QuotaPending;
        }

        if (answer?["details"]?["causes"] is JsonArray causes && causes.Any(cause => Text(cause as JsonObject, "reason") == "NamespaceTerminating"))
        {
            return NamespaceTerminating;
        }

        return message.Contains("violates PodSecurity", StringComparison.Ordinal) ? "cluster-refused" : "cluster-unauthorized";
    }

    private static string Say(ClusterRequest request, HttpStatusCode status, JsonObject? answer)
    {
        var message = request.IsSensitive ? Text(answer, "reason") : Text(answer, "message");
        return message.Length > 0 ? Messages.OneLine(message, MaxMessage) : $"HTTP status {(int)status}";
    }

    private static JsonObject? ParseStatus(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // somebody on the way has answered, not the API server: the HTTP status has to do
        }
    }

    private static string Text(JsonObject? node, string name) => node?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
