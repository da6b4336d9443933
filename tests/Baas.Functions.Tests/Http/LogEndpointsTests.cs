using System.Net;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Testing.Kubernetes;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Http;

public class LogEndpointsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Network = "printing";
    private const string Nodes = $"/api/v1/tenants/{ApiHost.Tenant}/networks/{Network}/organizations/org1/nodes";

    [Theory]
    [InlineData("peer-1/logs", "one\ntwo\nthree\n")]
    [InlineData("peer-1/logs?tail=2", "two\nthree\n")]
    [InlineData("peer-1/logs?tail=2&follow=true", "two\nthree\n")]
    public async Task Logs_OfANode_AreItsLastLines(string path, string expected)
    {
        using var client = await PrepareAsync(Role.Operator);

        using var answer = await client.GetAsync($"{Nodes}/{path}");

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("peer-1/logs?tail=0", HttpStatusCode.BadRequest, "tail-invalid")]
    [InlineData("peer-1/logs?tail=10001", HttpStatusCode.BadRequest, "tail-invalid")]
    [InlineData("peer-9/logs", HttpStatusCode.NotFound, "node-not-found")]
    [InlineData("peer-9/logs?follow=true", HttpStatusCode.NotFound, "node-not-found")]
    [InlineData("peer-2/logs", HttpStatusCode.Conflict, "node-not-started")]
    [InlineData("peer-2/logs?follow=true", HttpStatusCode.Conflict, "node-not-started")]
    public async Task Logs_ThatCannotBeShown_AreExplained(string path, HttpStatusCode status, string code)
    {
        using var client = await PrepareAsync(Role.Operator);

        Assert.Equal(code, await ApiHost.CodeAsync(await client.GetAsync($"{Nodes}/{path}"), status));
    }

    [Fact]
    public async Task Logs_AskedByAReader_AreForbidden()
    {
        using var client = await PrepareAsync(Role.Reader);

        Assert.Equal("forbidden", await ApiHost.CodeAsync(await client.GetAsync($"{Nodes}/peer-1/logs"), HttpStatusCode.Forbidden));
    }

    // A network whose peers have an address, and one of them a pod that has printed.
    private async Task<HttpClient> PrepareAsync(Role role)
    {
        using var maker = await host.ClientAsync(Role.Operator);
        using var made = await maker.PostAsync($"/api/v1/tenants/{ApiHost.Tenant}/networks", ApiHost.Yaml(ApiHost.Specification(Network)));
        var network = new NetworkReference(TenantName.Parse(ApiHost.Tenant), NetworkName.Parse(Network));
        foreach (var number in new[] { 1, 2 })
        {
            var peer = NodeReference.Peer(OrganizationName.Parse("org1"), number);
            await host.Services.GetRequiredService<ArtifactStore>().PutEndpointAsync(network, new NodeEndpoint(peer, NodeRole.Peer, "127.0.0.1", 7051, null, null), default);
        }

        host.Services.GetRequiredService<FakeKubernetes>().Logs[$"{ApiHost.Tenant}-{Network}-org1/peer-1-0"] = ["one", "two", "three"];
        return await host.ClientAsync(role);
    }
}
