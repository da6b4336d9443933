using System.Net;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;

namespace Baas.Sandbox.Tests.Cluster.Api;

/// <summary>Users other than the administrator may do what roles allow that are bound to them.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string ConfigMap = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"}}""";
    private ApiCluster _cluster = null!; // set before every test

    public async Task InitializeAsync() => _cluster = await ApiCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Request_WithoutARole_IsForbiddenInKubernetesWords()
    {
        var (status, body) = await AskAsync(HttpMethod.Get, ConfigMaps);

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (status, (string?)body!["reason"]));
        Assert.Equal("configmaps is forbidden: User \"ann\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\"", (string?)body["message"]);
    }

    [Fact]
    public async Task Role_AllowsItsVerbsAndNoOthers()
    {
        Bind("ClusterRoleBinding", null, "User", "ann", """{"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list"]}""");
        await _cluster.SendAsync(HttpMethod.Post, ConfigMaps, ConfigMap);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, ConfigMaps));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, $"{ConfigMaps}/one"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, $"{ConfigMaps}?watch=true"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Delete, $"{ConfigMaps}/one"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Delete, ConfigMaps));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/api/v1/namespaces/default/secrets"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "/api/v1")); // discovery is for all
    }

    [Fact]
    public async Task Apply_OfTheAbsent_NeedsCreateToo()
    {
        Bind("ClusterRoleBinding", null, "Group", "system:authenticated", """{"apiGroups":[""],"resources":["configmaps"],"verbs":["patch"]}""");

        var absent = await AskAsync(HttpMethod.Patch, $"{ConfigMaps}/one?fieldManager=ann", ConfigMap, "application/apply-patch+yaml");
        await _cluster.SendAsync(HttpMethod.Post, ConfigMaps, ConfigMap);
        var there = await AskAsync(HttpMethod.Patch, $"{ConfigMaps}/one?fieldManager=ann", ConfigMap, "application/apply-patch+yaml");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (absent.Status, there.Status));
    }

    [Fact]
    public async Task RoleBinding_HoldsInItsNamespaceOnly()
    {
        Bind("RoleBinding", "default", "User", "ann", """{"apiGroups":["apps"],"resources":["statefulsets/scale","statefulsets"],"verbs":["*"]}""");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/default/statefulsets"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/default/statefulsets/none/scale"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/kube-system/statefulsets"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/apis/apps/v1/statefulsets"));
    }

    [Theory]
    [InlineData("list", "configmaps", true)]
    [InlineData("delete", "configmaps", false)]
    [InlineData("list", "secrets", false)]
    public async Task Review_AnswersWhatARequestWouldFind(string verb, string resource, bool allowed)
    {
        Bind("ClusterRoleBinding", null, "User", "ann", """{"apiGroups":[""],"resources":["configmaps"],"verbs":["list"]}""");

        var (_, review) = await AskAsync(
            HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", $$"""{"spec":{"resourceAttributes":{"namespace":"default","verb":"{{verb}}","resource":"{{resource}}"} } }""");

        Assert.Equal(allowed, (bool)review!["status"]!["allowed"]!);
    }

    private void Bind(string kind, string? space, string subject, string name, string rule)
    {
        var role = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "some" }, ["rules"] = new JsonArray(JsonNode.Parse(rule)) };
        _cluster.Store.Create(ClusterKinds.ClusterRoles, role);
        _cluster.Store.Create(kind == "RoleBinding" ? ClusterKinds.RoleBindings : ClusterKinds.ClusterRoleBindings, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "some", ["namespace"] = space },
            ["roleRef"] = new JsonObject { ["kind"] = "ClusterRole", ["name"] = "some" },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = subject, ["name"] = name }),
        });
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path) => (await AskAsync(method, path)).Status;

    private async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var http = _cluster.ClientOf("ann");
        return await ApiCluster.SendAsync(http, method, path, body, type);
    }
}
