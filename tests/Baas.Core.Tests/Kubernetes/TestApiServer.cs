using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Connections;
using Baas.Core.Tests.Fabric;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Baas.Core.Tests.Kubernetes;

/// <summary>An HTTPS server on loopback that answers as a test wants, and a folder for kubeconfigs that lead to it.</summary>
internal sealed class TestApiServer : IAsyncDisposable
{
    private static readonly ClusterRetries Fast = new()
    {
        First = TimeSpan.FromMilliseconds(1),
        Cap = TimeSpan.FromMilliseconds(5),
        AttemptLimit = TimeSpan.FromSeconds(10),
        WatchLimit = TimeSpan.FromSeconds(10),
    };

    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("baas-kubernetes-").FullName;

    private TestApiServer(WebApplication app, TestAuthority authority)
    {
        _app = app;
        Authority = authority;
    }

    public TestAuthority Authority { get; }

    public string Address => _app.Urls.Single();

    /// <summary>Method, path with query, authorization and body of each request.</summary>
    public ConcurrentQueue<(string Method, string Path, string Authorization, string Body)> Requests { get; } = [];

    public static Task<TestApiServer> StartAsync(params (int Status, string Body)[] answers)
    {
        var next = -1;
        return StartAsync(context =>
        {
            var (status, body) = answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)];
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
    }

    public static async Task<TestApiServer> StartAsync(RequestDelegate handle, TestAuthority? clients = null)
    {
        var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("kubernetes", null, "127.0.0.1");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPem(certificate, key);
            https.ClientCertificateMode = clients is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (shown, _, _) => clients is not null && clients.Signed(shown);
        })));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var server = new TestApiServer(app, authority);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            server.Requests.Enqueue((context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.ToString(), body));
            await handle(context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>A client whose kubeconfig has the given lines below <c>user:</c>.</summary>
    public IKubernetesApi Connect(string user = "token: some-token", string? authority = null, ClusterRetries? retries = null, TimeProvider? clock = null)
    {
        var path = File("kubeconfig", $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{ name: test, cluster: { server: "{{Address}}", certificate-authority-data: {{Base64(authority ?? Authority.Pem)}} } }]
            contexts: [{ name: test, context: { cluster: test, user: test } }]
            users:
              - name: test
                user:
                  {{user.ReplaceLineEndings("\n      ")}}
            """);
        var connection = new Kubeconfig(clock ?? TimeProvider.System, false).Open(path, null);
        return KubernetesConnector.Connect(connection, retries ?? Fast, clock ?? TimeProvider.System);
    }

    public static ClusterRetries FastWith(TimeSpan attemptLimit) => Fast with { Attempts = 2, AttemptLimit = attemptLimit };

    /// <summary>Writes a file to the test's folder.</summary>
    public string File(string name, string content, bool executable = false)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, content);
        if (executable && !OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
