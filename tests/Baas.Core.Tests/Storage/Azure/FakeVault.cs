using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace Baas.Core.Tests.Storage.Azure;

/// <summary>A Key Vault in memory that keeps one secret, as the client library sees it: over HTTP, with a challenge before the first answer.</summary>
internal sealed class FakeVault : HttpMessageHandler
{
    /// <summary>The secret's name.</summary>
    public const string Secret = "baas-master-key";

    private readonly List<(string Id, string Value, bool IsEnabled)> _versions = [];

    /// <summary>Where it is; nothing is sent there.</summary>
    public static Uri Address { get; } = new("https://test.vault.azure.net/");

    /// <summary>The status of all answers from now on; 200 for true ones.</summary>
    public int Status { get; set; } = (int)HttpStatusCode.OK;

    /// <summary>How often a value was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Adds a version, with a key of its own unless another value is given.</summary>
    public string AddVersion(string? value = null)
    {
        var id = $"{_versions.Count + 1:x32}";
        _versions.Add((id, value ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), true));
        return id;
    }

    /// <summary>Switches a version off.</summary>
    public void Disable(string id)
    {
        var index = _versions.FindIndex(version => version.Id == id);
        _versions[index] = _versions[index] with { IsEnabled = false };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Answer(request));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is null)
        {
            HttpResponseMessage challenge = new(HttpStatusCode.Unauthorized) { RequestMessage = request };
            challenge.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Bearer", "authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\""));
            return challenge;
        }

        if (Status != (int)HttpStatusCode.OK)
        {
            return Json(request, (HttpStatusCode)Status, new { error = new { code = "Test", message = "the test wants it so" } });
        }

        var parts = request.RequestUri?.AbsolutePath.Trim('/').Split('/') ?? [];
        if (parts is [.., "versions"])
        {
            return Json(request, HttpStatusCode.OK, new { value = _versions.Select(version => new { id = IdOf(version.Id), attributes = new { enabled = version.IsEnabled } }) });
        }

        Reads++;
        var found = parts.Length > 2 ? _versions.Find(version => version.Id == parts[2]) : _versions[^1];
        return Json(request, HttpStatusCode.OK, new { value = found.Value, id = IdOf(found.Id), attributes = new { enabled = true } });
    }

    private static string IdOf(string version) => $"{Address}secrets/{Secret}/{version}";

    private static HttpResponseMessage Json(HttpRequestMessage request, HttpStatusCode status, object body) =>
        new(status) { RequestMessage = request, Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };

    /// <summary>An identity whose token everybody believes.</summary>
    internal sealed class Credential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
