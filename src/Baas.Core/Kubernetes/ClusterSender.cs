using System.Net;
using System.Net.Http.Headers;
using Baas.Core.Kubernetes.Connections;

namespace Baas.Core.Kubernetes;

/// <summary>Sends requests to one API server: with credentials, tried again where that can help. All requests of Baas may be repeated.</summary>
internal sealed class ClusterSender(HttpClient http, IClusterCredentials credentials, CurrentCertificate certificate, string? host, ClusterRetries retries, TimeProvider clock)
    : IDisposable
{
    /// <summary>How often and how long is tried.</summary>
    public ClusterRetries Retries => retries;

    /// <summary>The clock of its limits.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Sends a request until it is answered with something that further attempts cannot change.</summary>
    /// <returns>The answer, whatever its status; the caller disposes it.</returns>
    /// <exception cref="KubernetesException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(ClusterRequest request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        ClusterCredential? refused = null;
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt >= retries.Attempts;
            var credential = await credentials.GetAsync(refused, cancellationToken);
            var (answer, failure) = await TryAsync(request, credential, completion, cancellationToken);
            if (answer is null)
            {
                if (isLast || !failure!.IsTransient) // TryAsync gives the one or the other
                {
                    throw failure!;
                }
            }
            else if (answer.StatusCode == HttpStatusCode.Unauthorized && refused is null && !isLast)
            {
                refused = credential; // it may have run out early: get another one and try at once
                answer.Dispose();
                continue;
            }
            else if (isLast || !MayPass(answer.StatusCode))
            {
                return answer;
            }

            var delay = retries.DelayAfter(attempt, RetryAfter(answer));
            answer?.Dispose();
            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    /// <summary>The exception for a stream that broke off.</summary>
    public KubernetesException Broken(ClusterRequest request, Exception cause) => ClusterFailures.Unreachable(request, http.BaseAddress, cause);

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        http.Dispose();
        (credentials as IDisposable)?.Dispose();
    }

    private async Task<(HttpResponseMessage? Answer, KubernetesException? Failure)> TryAsync(
        ClusterRequest request, ClusterCredential credential, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        certificate.Value = credential.Certificate;
        using var message = Message(request, credential);
        using var limit = new CancellationTokenSource(retries.AttemptLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return (await http.SendAsync(message, completion, either.Token), null);
        }
        catch (HttpRequestException failure)
        {
            return (null, ClusterFailures.Unreachable(request, http.BaseAddress, failure));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, ClusterFailures.Unreachable(request, http.BaseAddress, new TimeoutException($"no answer within {retries.AttemptLimit.TotalSeconds} s")));
        }
    }

    private HttpRequestMessage Message(ClusterRequest request, ClusterCredential credential)
    {
        var message = new HttpRequestMessage(request.Method, request.Path) { Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.UserAgent.ParseAdd("baas");
        message.Headers.Host = host; // also what TLS checks the server's certificate against
        if (credential.Token is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return message;
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private TimeSpan? RetryAfter(HttpResponseMessage? answer) => answer?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
