using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Baas.Core.Health.Alerts;

/// <summary>Sends signed messages to webhooks. Follows no redirect: the address is the one that the tenant has given, and no other.</summary>
internal sealed class WebhookSender(TimeProvider clock) : IDisposable
{
    /// <summary>How long a webhook may take to answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Whether messages may go there: HTTPS anywhere, plain HTTP to this machine only.</summary>
    public static bool IsAllowed(Uri url) =>
        url.IsAbsoluteUri && url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    /// <summary>The signature of a message: HMAC-SHA256 over the time-stamp, a dot and the body, lower-case hex.</summary>
    public static string Sign(string secret, string timestamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    /// <summary>Sends one message once.</summary>
    /// <returns>Null when the webhook took it; otherwise why not, one line.</returns>
    public async Task<string?> SendAsync(Uri url, string secret, string delivery, string body, CancellationToken cancellationToken)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("baas", "1"));
        request.Headers.Add("Baas-Delivery", delivery);
        request.Headers.Add("Baas-Timestamp", timestamp);
        request.Headers.Add("Baas-Signature", $"v1={Sign(secret, timestamp, body)}");
        using var time = new CancellationTokenSource(Limit, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.IsSuccessStatusCode ? null : $"it answered with status {(int)response.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return $"it could not be reached: {failure.HttpRequestError}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not answer within {Limit.TotalSeconds:0} s";
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();
}
