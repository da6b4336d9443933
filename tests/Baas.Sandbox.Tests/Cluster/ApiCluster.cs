using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Api;
using Baas.Sandbox.Cluster.Certificates;
using Baas.Sandbox.Cluster.Kubelet;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Tests.Cluster;

/// <summary>A store and its API server on loopback, in a temporary folder.</summary>
internal sealed class ApiCluster : IAsyncDisposable
{
    private readonly ClusterCertificates _certificates;

    private ApiCluster(string folder, ObjectStore store, ClusterCertificates certificates, ApiServer server)
    {
        (Folder, Store, _certificates, Server) = (folder, store, certificates, server);
        Http = Client(certificates.Administrator);
    }

    public string Folder { get; }

    public ObjectStore Store { get; }

    public ApiServer Server { get; }

    public HttpClient Http { get; }

    public string Token => _certificates.Token;

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public static async Task<ApiCluster> StartAsync(StoreOptions? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("baas-cluster-").FullName;
        var store = ObjectStore.Open(options ?? new StoreOptions());
        var certificates = ClusterCertificates.Open(folder, TimeProvider.System);
        var server = await ApiServer.StartAsync(store, new ApiServerOptions { Certificates = certificates, Logs = new FixedLogs(), VolumesFolder = Path.Combine(folder, "volumes") }, default);
        var cluster = new ApiCluster(folder, store, certificates, server);
        KubeconfigFile.Write(cluster.Kubeconfig, server.Address, certificates);
        return cluster;
    }

    /// <summary>A client with the certificate of a user who may do what roles say.</summary>
    public HttpClient ClientOf(string user) => Client(CertificateMaker.User(_certificates.Authority, user, TimeProvider.System));

    public Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json") => SendAsync(Http, method, path, body, type);

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpClient http, HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
            request.Headers.ExpectContinue = true; // a refused body is not sent, so the refusal cannot be lost in a torn connection
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length > 0 && text[0] is '{' ? JsonNode.Parse(text) : null);
    }

    public Task<(HttpStatusCode Status, JsonNode? Body)> ApplyAsync(string path, string body, string manager, bool force = false) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager={manager}&force={(force ? "true" : "false")}", body, "application/apply-patch+yaml");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Store.DisposeAsync();
        _certificates.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private HttpClient Client(X509Certificate2 certificate) => new(new SocketsHttpHandler
    {
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, remote, _, _) => remote!.GetRawCertDataString() == _certificates.Server.GetRawCertDataString(),
            ClientCertificates = [certificate],
        },
    })
    { BaseAddress = Server.Address, Timeout = TimeSpan.FromMinutes(1) };

    private sealed class FixedLogs : IPodLogs
    {
        public IAsyncEnumerable<string>? Read(LogRequest request, CancellationToken cancellationToken) => LinesAsync(request, cancellationToken);

        private static async IAsyncEnumerable<string> LinesAsync(LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var line in ((string[])["one", "two", "three"]).TakeLast(request.Tail ?? int.MaxValue))
            {
                yield return $"{request.Container}: {line}";
            }
        }
    }
}
