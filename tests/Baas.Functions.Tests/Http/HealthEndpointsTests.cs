using System.Net;
using System.Text.Json.Nodes;
using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Http;

public class HealthEndpointsTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Tenant = $"/api/v1/tenants/{ApiHost.Tenant}";
    private const string Webhook = $"{Tenant}/alerts/webhook";
    private const string Secret = "a secret of many letters";

    public async Task InitializeAsync()
    {
        using var client = await host.ClientAsync(Role.Operator);
        using var created = await client.PostAsync($"{Tenant}/networks", ApiHost.Yaml(ApiHost.Specification("sick")));
        Assert.True(created.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict, created.StatusCode.ToString());
        var reference = new NetworkReference(TenantName.Parse(ApiHost.Tenant), NetworkName.Parse("sick"));
        var records = host.Services.GetRequiredService<RecordStore>();
        await records.PutAsync(RecordNames.HealthOfNetwork(reference), Sick(reference), BlobCondition.None, default);
        await records.PutAsync(RecordNames.HealthEvents(reference), new HealthEvents([new HealthEvent(Now, HealthEvent.StateKind, "sick", "healthy → degraded")]), BlobCondition.None, default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Get_KnownNetwork_ShowsNodesFindingsAndAlerts()
    {
        using var client = await host.ClientAsync(Role.Reader);

        var health = await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/networks/sick/health"), HttpStatusCode.OK);

        Assert.Equal(("sick", "degraded", 1), ((string?)health["network"], (string?)health["state"], (int?)health["firingAlerts"]));
        Assert.Equal("peer-1", (string?)health["nodes"]![0]!["node"]);
        Assert.Equal(FindingCodes.PodNotReady, (string?)health["findings"]![0]!["code"]);
        Assert.Equal("critical", (string?)health["alerts"]![0]!["severity"]);
    }

    [Fact]
    public async Task List_HasNoParts()
    {
        using var client = await host.ClientAsync(Role.Reader);

        var page = await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/health?limit=10"), HttpStatusCode.OK);

        var one = Assert.Single(page["items"]!.AsArray())!.AsObject();
        Assert.Equal("sick", (string?)one["network"]);
        Assert.False(one.ContainsKey("nodes"));
    }

    [Fact]
    public async Task Events_AreListed()
    {
        using var client = await host.ClientAsync(Role.Reader);

        var events = JsonNode.Parse(await client.GetStringAsync($"{Tenant}/networks/sick/health/events"))!.AsArray();

        Assert.Equal("healthy → degraded", (string?)Assert.Single(events)!["message"]);
    }

    [Fact]
    public async Task Get_NetworkThatWasNotLookedAt_SaysSo()
    {
        using var client = await host.ClientAsync(Role.Operator);
        using var created = await client.PostAsync($"{Tenant}/networks", ApiHost.Yaml(ApiHost.Specification("young")));

        Assert.Equal("health-not-known-yet", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/networks/young/health"), HttpStatusCode.NotFound));
        Assert.Equal("network-not-found", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/networks/none/health"), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Settings_CanBeSwitchedOff()
    {
        using var client = await host.ClientAsync(Role.Operator);
        const string Path = $"{Tenant}/networks/sick/health/settings";

        Assert.True((bool?)(await ApiHost.ReadAsync(await client.GetAsync(Path), HttpStatusCode.OK))["selfHealing"]);
        await ApiHost.ReadAsync(await client.PutAsync(Path, ApiHost.Json("""{"selfHealing":false}""")), HttpStatusCode.OK);
        Assert.False((bool?)(await ApiHost.ReadAsync(await client.GetAsync(Path), HttpStatusCode.OK))["selfHealing"]);
        await ApiHost.ReadAsync(await client.PutAsync(Path, ApiHost.Json("""{"selfHealing":true}""")), HttpStatusCode.OK);
        Assert.Equal("body-malformed", await ApiHost.CodeAsync(await client.PutAsync(Path, ApiHost.Json("""{"selfHealing":"often"}""")), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Alerts_ThatFire_AreListed()
    {
        using var client = await host.ClientAsync(Role.Reader);

        var alerts = JsonNode.Parse(await client.GetStringAsync($"{Tenant}/alerts"))!.AsArray();

        Assert.Equal((FindingCodes.PodNotReady, "sick"), ((string?)Assert.Single(alerts)!["rule"], (string?)alerts[0]!["network"]));
    }

    [Fact]
    public async Task Webhook_IsSetShownTestedAndForgotten()
    {
        using var client = await host.ClientAsync(Role.Owner);

        var set = await client.PutAsync(Webhook, ApiHost.Json($$"""{"url":"https://hooks.example.com/baas","secret":"{{Secret}}"}"""));
        Assert.DoesNotContain(Secret, (await ApiHost.ReadAsync(set, HttpStatusCode.OK)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("https://hooks.example.com/baas", (string?)(await ApiHost.ReadAsync(await client.GetAsync(Webhook), HttpStatusCode.OK))["url"]);
        Assert.StartsWith("test-", (string?)(await ApiHost.ReadAsync(await client.PostAsync($"{Webhook}/test", null), HttpStatusCode.Accepted))["delivery"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(Webhook)).StatusCode);
        Assert.Equal("webhook-not-found", await ApiHost.CodeAsync(await client.GetAsync(Webhook), HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("""{"url":"http://hooks.example.com/baas","secret":"a secret of many letters"}""", "webhook-invalid")]
    [InlineData("""{"url":"https://hooks.example.com/baas","secret":"short"}""", "webhook-invalid")]
    [InlineData("""{"url":"https://hooks.example.com/baas"}""", "body-malformed")]
    public async Task Webhook_ThatIsWrong_IsRefused(string body, string code)
    {
        using var client = await host.ClientAsync(Role.Owner);

        Assert.Equal(code, await ApiHost.CodeAsync(await client.PutAsync(Webhook, ApiHost.Json(body)), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData(Role.Reader, "PUT", "/networks/sick/health/settings", HttpStatusCode.Forbidden)]
    [InlineData(Role.Operator, "PUT", "/alerts/webhook", HttpStatusCode.Forbidden)]
    [InlineData(Role.Operator, "DELETE", "/alerts/webhook", HttpStatusCode.Forbidden)]
    [InlineData(Role.Reader, "POST", "/alerts/webhook/test", HttpStatusCode.Forbidden)]
    [InlineData(Role.Reader, "GET", "/networks/sick/health", HttpStatusCode.OK)]
    public async Task Route_AsksForItsRole(Role role, string method, string path, HttpStatusCode expected)
    {
        using var client = await host.ClientAsync(role);

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Tenant + path));

        Assert.Equal(expected, answer.StatusCode);
    }

    private static DateTimeOffset Now { get; } = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static NetworkHealth Sick(NetworkReference network) => new()
    {
        Network = network,
        State = HealthState.Degraded,
        Since = Now,
        CheckedAt = Now,
        Findings = [],
        Channels = [],
        Nodes =
        [
            new NodeHealth
            {
                Organization = OrganizationName.Parse("org1"),
                Node = NodeName.Parse("peer-1"),
                Role = NodeRole.Peer,
                State = HealthState.Down,
                Findings = [new Finding(FindingCodes.PodNotReady, HealthState.Down, "peer-1.org1", "pod is not ready")],
            },
        ],
        Alerts =
        [
            new Alert
            {
                Rule = FindingCodes.PodNotReady,
                Subject = "peer-1.org1",
                Severity = AlertSeverity.Critical,
                State = AlertState.Firing,
                Since = Now,
                FiringSince = Now,
                Detail = "pod is not ready",
            },
        ],
    };
}
