using Azure.Core;
using Azure.Identity;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Connections;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Hosting.Azure;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>The function app's ways to a cluster, against the sandbox's API server over TLS: each kind of credential, and what is wrong with each.</summary>
public sealed class ClusterConnectorTests : SandboxTests, IDisposable
{
    private static readonly ResourceReference Default = new(ResourceKind.Namespace, null, "default");

    private readonly TestFolder _folder = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));

    private string Token => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Host.Cluster.KubeconfigPath)!, "certificates", "token")).Trim();

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ClientCertificate_OfTheKubeconfig_IsShown() => Assert.NotNull(await AskAsync(Host.Cluster.KubeconfigPath));

    [Fact]
    public async Task Token_OfTheKubeconfig_IsShown() => Assert.NotNull(await AskAsync(Kubeconfig($"token: {Token}")));

    [Fact]
    public async Task ExecPlugin_IsRunAndItsTokenIsShown()
    {
        var plugin = Plugin($$"""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"{{Token}}"} }'""");

        Assert.NotNull(await AskAsync(Kubeconfig(plugin)));
    }

    [Fact]
    public async Task Identity_TakesThePlaceOfThePluginThatTheMachineLacks()
    {
        FakeIdentity identity = new(Token);
        var kubeconfig = Kubeconfig("exec: { apiVersion: client.authentication.k8s.io/v1, command: no-such-kubelogin }");

        Assert.NotNull(await AskAsync(kubeconfig, identity));
        Assert.Equal("6dae42f8-4368-4678-94ff-3960e28e3630/.default", Assert.Single(identity.Asked)); // what AKS takes
    }

    [Fact]
    public async Task ServiceAccount_OfThePod_IsShown()
    {
        await File.WriteAllTextAsync(_folder.In("token"), Token);
        await File.WriteAllTextAsync(_folder.In("ca.crt"), Authority());
        var connection = InClusterConnection.Open(_folder.Path, name => name.EndsWith("HOST", StringComparison.Ordinal) ? Host.Cluster.ApiAddress.Host : $"{Host.Cluster.ApiAddress.Port}", TimeProvider.System);
        using var api = KubernetesConnector.Connect(connection, new ClusterRetries(), TimeProvider.System);

        Assert.NotNull(await api.GetAsync(Default, _limit.Token));
    }

    [Fact]
    public async Task Identity_IsRefused_IsUnauthorized()
    {
        FakeIdentity identity = new(null);

        Assert.Equal("cluster-unauthorized", (await Assert.ThrowsAsync<KubernetesException>(() => AskAsync(Kubeconfig("{}"), identity))).Code);
    }

    [Fact]
    public async Task Token_IsWrong_IsUnauthorized() =>
        Assert.Equal("cluster-unauthorized", (await Assert.ThrowsAsync<KubernetesException>(() => AskAsync(Kubeconfig("token: wrong")))).Code);

    [Fact]
    public async Task Authority_IsAnother_IsUntrusted()
    {
        await using var other = await SandboxHost.StartAsync();
        var kubeconfig = _folder.In("kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, File.ReadAllText(other.Cluster.KubeconfigPath).Replace(
            other.Cluster.ApiAddress.Authority, Host.Cluster.ApiAddress.Authority, StringComparison.Ordinal));

        Assert.Equal("cluster-untrusted", (await Assert.ThrowsAsync<KubernetesException>(() => AskAsync(kubeconfig))).Code);
    }

    [Theory]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin }", "no-such-plugin")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1, command: /bin/echo, args: [no JSON] }", "external exec failed")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1, command: /bin/false }", "external exec failed")]
    [InlineData("auth-provider: { name: azure, config: { access-token: x } }", "kubelogin")]
    [InlineData("{}", "credentials")]
    public void Credentials_AreNone_IsToldInOneLine(string user, string named)
    {
        var refusal = Assert.Throws<KubernetesException>(() => Connect(Kubeconfig(user), null));

        Assert.Equal("cluster-unconfigured", refusal.Code);
        Assert.StartsWith("cannot connect to cluster \"one\" of the settings: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.InRange(refusal.Message.Length, 0, 400);
    }

    [Theory]
    [InlineData("kubeconfig: no YAML: [")]
    [InlineData("")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: absent")]
    public void Kubeconfig_IsMalformed_IsToldInOneLine(string text)
    {
        File.WriteAllText(_folder.In("kubeconfig"), text);

        Assert.Equal("cluster-unconfigured", Assert.Throws<KubernetesException>(() => Connect(_folder.In("kubeconfig"), null)).Code);
    }

    [Fact]
    public void Kubeconfig_IsMissing_IsTold() => Assert.Equal("cluster-unconfigured", Assert.Throws<KubernetesException>(() => Connect(_folder.In("absent"), null)).Code);

    [Fact]
    public void Kubeconfig_SwitchesTheCheckOff_IsRefused() => Assert.Contains(
        "allowInsecureTls", Assert.Throws<KubernetesException>(() => Connect(Kubeconfig("token: x", "insecure-skip-tls-verify: true"), null)).Message, StringComparison.Ordinal);

    private static IKubernetesApi Connect(string kubeconfig, TokenCredential? identity) =>
        new ClusterConnector(identity, TimeProvider.System).Connect(new ClusterOptions { Name = "one", Kubeconfig = kubeconfig });

    private async Task<object?> AskAsync(string kubeconfig, TokenCredential? identity = null)
    {
        var api = Connect(kubeconfig, identity);
        using var _ = api as IDisposable;
        return await api.GetAsync(Default, _limit.Token);
    }

    private string Authority() => System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(AuthorityData()));

    private string AuthorityData() =>
        File.ReadLines(Host.Cluster.KubeconfigPath).Select(line => line.Trim().Split(": ")).Single(field => field[0] == "certificate-authority-data")[1];

    private string Kubeconfig(string user, string? cluster = null)
    {
        var path = _folder.In("kubeconfig");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{ name: test, cluster: { server: "{{Host.Cluster.ApiAddress}}", {{cluster ?? $"certificate-authority-data: {AuthorityData()}"}} } }]
            contexts: [{ name: test, context: { cluster: test, user: test } }]
            users: [{ name: test, user: { {{user}} } }]
            """.Replace("{ {} }", "{}", StringComparison.Ordinal));
        return path;
    }

    private string Plugin(string script)
    {
        var path = _folder.In("plugin");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return $"exec: {{ apiVersion: client.authentication.k8s.io/v1, command: {path} }}";
    }

    private sealed class FakeIdentity(string? token) : TokenCredential
    {
        public List<string> Asked { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked.AddRange(requestContext.Scopes);
            return token is null ? throw new AuthenticationFailedException("the identity is not known") : new AccessToken(token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
