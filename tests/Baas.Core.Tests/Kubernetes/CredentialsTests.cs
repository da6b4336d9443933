using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Connections;
using Baas.Core.Tests.Fabric;
using Microsoft.AspNetCore.Http;

namespace Baas.Core.Tests.Kubernetes;

public sealed class CredentialsTests : IDisposable
{
    private static readonly ResourceReference Pod = new(ResourceKind.Pod, "ns", "a");
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task ClientCertificate_OfTheKubeconfig_IsShown()
    {
        using var clients = new TestAuthority("clients");
        var (certificate, key) = clients.Issue("baas");
        await using var server = await TestApiServer.StartAsync(context => context.Response.WriteAsync("{}"), clients);
        var api = server.Connect($"client-certificate-data: {TestApiServer.Base64(certificate)}\nclient-key-data: {TestApiServer.Base64(key)}");

        Assert.NotNull(await api.GetAsync(Pod, _limit.Token));
    }

    [Fact]
    public async Task TokenFile_RefusedToken_IsReadAgain()
    {
        TestApiServer? server = null;
        server = await TestApiServer.StartAsync(context =>
        {
            if (context.Request.Headers.Authorization == "Bearer old")
            {
                server!.File("token", "new\n"); // somebody renews it
                context.Response.StatusCode = 401;
            }

            return context.Response.WriteAsync("{}");
        });
        await using var owned = server;
        server.File("token", "old");

        Assert.NotNull(await server.Connect("tokenFile: token").GetAsync(Pod, _limit.Token));
        Assert.Equal(["Bearer old", "Bearer new"], server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Token_Refused_IsUnauthorized()
    {
        await using var server = await TestApiServer.StartAsync((401, ""));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => server.Connect().GetAsync(Pod, _limit.Token));

        Assert.Equal(("cluster-unauthorized", false), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task ExecPlugin_Token_IsKeptUntilItIsRefused()
    {
        await using var server = await TestApiServer.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer run-2" ? 200 : 401;
            return context.Response.WriteAsync("{}");
        });
        var api = server.Connect(Plugin(server, """
            echo x >> "$0.runs"
            echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"run-'$(wc -l < "$0.runs")'"}}'
            """));

        await api.GetAsync(Pod, _limit.Token);
        await api.GetAsync(Pod, _limit.Token);

        Assert.Equal(["Bearer run-1", "Bearer run-2", "Bearer run-2"], server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task ExecPlugin_ExpiredToken_IsFetchedAgain()
    {
        await using var server = await TestApiServer.StartAsync((200, "{}"));
        var api = server.Connect(Plugin(server, """
            echo x >> "$0.runs"
            echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"expirationTimestamp":"2001-01-01T00:00:00Z","token":"run-'$(wc -l < "$0.runs")'"}}'
            """));

        await api.GetAsync(Pod, _limit.Token);
        await api.GetAsync(Pod, _limit.Token);

        Assert.Equal(["Bearer run-1", "Bearer run-2"], server.Requests.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData("echo secret-output; echo sorry >&2; exit 3", "code 3: sorry")]
    [InlineData("echo secret-output", "ExecCredential")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "neither")]
    [InlineData("""echo '{"apiVersion":"client.authentication.k8s.io/v1alpha1","status":{"token":"secret-output"}}'""", "v1alpha1")]
    public async Task ExecPlugin_Fails_IsSaidWithoutItsOutput(string script, string expected)
    {
        await using var server = await TestApiServer.StartAsync((200, "{}"));

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => server.Connect(Plugin(server, script)).GetAsync(Pod, _limit.Token));

        Assert.Equal("exec-plugin-failed", failure.Code);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-output", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecPlugin_Missing_IsSaid()
    {
        await using var server = await TestApiServer.StartAsync((200, "{}"));
        var api = server.Connect("exec: { apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin-of-baas, installHint: install it }");

        var failure = await Assert.ThrowsAsync<KubernetesException>(() => api.GetAsync(Pod, _limit.Token));

        Assert.Equal(("exec-plugin-failed", false), (failure.Code, failure.IsTransient));
        Assert.Contains("install it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InCluster_ServiceAccount_IsUsed()
    {
        await using var server = await TestApiServer.StartAsync((200, "{}"));
        var folder = Path.GetDirectoryName(server.File("token", "account"))!;
        server.File("ca.crt", server.Authority.Pem);
        var address = new Uri(server.Address);
        var connection = InClusterConnection.Open(folder, name => name.EndsWith("HOST", StringComparison.Ordinal) ? address.Host : $"{address.Port}", TimeProvider.System);
        using var api = KubernetesConnector.Connect(connection, new ClusterRetries(), TimeProvider.System);

        await api.GetAsync(Pod, _limit.Token);

        Assert.Equal("Bearer account", Assert.Single(server.Requests).Authorization);
    }

    [Fact]
    public void InCluster_NoPod_IsUnconfigured()
    {
        var failure = Assert.Throws<KubernetesException>(() => InClusterConnection.Open("/nowhere", _ => null, TimeProvider.System));

        Assert.Equal("cluster-unconfigured", failure.Code);
    }

    private static string Plugin(TestApiServer server, string script)
    {
        var path = server.File("plugin", $"#!/bin/sh\n{script}\n", executable: true);
        return $"exec: {{ apiVersion: client.authentication.k8s.io/v1, command: {path} }}";
    }
}
