using System.Net;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Records.Backups;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Http;

/// <summary>The routes of backups and restores: success, wrong role, absent, bad input.</summary>
public class BackupEndpointsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Tenant = $"/api/v1/tenants/{ApiHost.Tenant}";

    [Fact]
    public async Task Create_Ready_BeginsABackup_AndTheSecondIsBusy()
    {
        await PutNetworkAsync("busy");
        using var client = await host.ClientAsync(Role.Operator);

        using var answer = await client.PostAsync($"{Tenant}/networks/busy/backups", null);
        var operation = await ApiHost.ReadAsync(answer, HttpStatusCode.Accepted);

        Assert.Equal("backupNetwork", (string?)operation["kind"]);
        Assert.EndsWith($"/operations/{operation["id"]}", answer.Headers.GetValues("Operation-Location").Single(), StringComparison.Ordinal);
        Assert.IsType<BackupNetwork.Input>(host.Workflows.Started[(string)operation["id"]!]);
        Assert.Equal("network-busy", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/networks/busy/backups", null), HttpStatusCode.Conflict));
        Assert.Equal("network-busy", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/networks/busy/upgrades", ApiHost.Json("""{"fabricVersion":"3.1.6"}""")), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Create_AbsentOrNotReady_IsRefused()
    {
        await PutNetworkAsync("broken", NetworkState.Failed);
        using var client = await host.ClientAsync(Role.Operator);

        Assert.Equal("network-not-found", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/networks/none/backups", null), HttpStatusCode.NotFound));
        Assert.Equal("network-not-ready", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/networks/broken/backups", null), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task ListAndGet_ShowWhatIsThere_AlsoOfANetworkThatIsGone()
    {
        await PutBackupAsync("gone", "bk-1");
        using var client = await host.ClientAsync(Role.Reader);

        var listed = Assert.Single((await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/networks/gone/backups"), HttpStatusCode.OK))["items"]!.AsArray())!;
        var shown = await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/networks/gone/backups/bk-1"), HttpStatusCode.OK);

        Assert.Equal(("bk-1", "complete", "west"), ((string?)listed["id"], (string?)listed["state"], (string?)listed["copies"]![0]!["name"]));
        Assert.Equal("peer-1.org1", (string?)shown["volumes"]![0]!["node"]);
        Assert.Equal("backup-not-found", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/networks/gone/backups/bk-9"), HttpStatusCode.NotFound));
        Assert.Equal("request-malformed", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/networks/gone/backups/BK"), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Get_ManifestIsDamaged_SaysSo()
    {
        var network = await PutBackupAsync("spoilt", "bk-1");
        await host.Services.GetRequiredService<IBlobStore>().PutAsync(BackupNames.Manifest(network, BackupId.Parse("bk-1")), "{}"u8.ToArray(), BlobCondition.None, default);
        using var client = await host.ClientAsync(Role.Owner);

        Assert.Equal("backup-manifest-damaged", await ApiHost.CodeAsync(await client.GetAsync($"{Tenant}/networks/spoilt/backups/bk-1"), HttpStatusCode.InternalServerError));
        Assert.Equal("backup-manifest-damaged", await ApiHost.CodeAsync(await RestoreAsync(client, "spoilt", """{"backup":"bk-1"}"""), HttpStatusCode.InternalServerError));
    }

    [Fact]
    public async Task Verify_Whole_BeginsACheck()
    {
        await PutBackupAsync("checked", "bk-1");
        await PutBackupAsync("checked", "bk-2", BackupState.Failed);
        using var client = await host.ClientAsync(Role.Operator);

        Assert.Equal("verifyBackup", (string?)(await ApiHost.ReadAsync(await client.PostAsync($"{Tenant}/networks/checked/backups/bk-1/verify", null), HttpStatusCode.Accepted))["kind"]);
        Assert.Equal("backup-not-complete", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/networks/checked/backups/bk-2/verify", null), HttpStatusCode.Conflict));
        Assert.Equal("backup-not-found", await ApiHost.CodeAsync(await client.PostAsync($"{Tenant}/networks/checked/backups/bk-3/verify", null), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Delete_ForgetsIt_Once()
    {
        await PutBackupAsync("forgotten", "bk-1");
        using var client = await host.ClientAsync(Role.Owner);

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{Tenant}/networks/forgotten/backups/bk-1")).StatusCode);
        Assert.Equal("backup-not-found", await ApiHost.CodeAsync(await client.DeleteAsync($"{Tenant}/networks/forgotten/backups/bk-1"), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Restore_PlaceIsEmpty_BeginsAsNew()
    {
        await PutBackupAsync("lost", "bk-1");
        using var client = await host.ClientAsync(Role.Owner);

        var operation = await ApiHost.ReadAsync(await RestoreAsync(client, "lost", """{"backup":"bk-1"}"""), HttpStatusCode.Accepted);

        Assert.True(Assert.IsType<RestoreNetwork.Input>(host.Workflows.Started[(string)operation["id"]!]).IsNew);
        Assert.Equal("network-exists", await ApiHost.CodeAsync(await RestoreAsync(client, "busier", """{"backup":"bk-1","from":"lost"}""", exists: true), HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("""{"backup":"bk-1"}""", HttpStatusCode.Conflict, "restore-needs-force")]
    [InlineData("""{"backup":"bk-1","force":true,"nodes":["peer-9.org1"]}""", HttpStatusCode.UnprocessableEntity, "restore-node-unknown")]
    [InlineData("""{"backup":"bk-1","force":true,"nodes":["orderer-1.orderer"]}""", HttpStatusCode.Conflict, "restore-selection-unsafe")]
    [InlineData("""{"backup":"bk-1","force":true,"nodes":["peer 1"]}""", HttpStatusCode.BadRequest, "body-malformed")]
    [InlineData("""{"backup":"bk-1","force":"yes"}""", HttpStatusCode.BadRequest, "body-malformed")]
    [InlineData("""{"backup":"bk-1","by":"force"}""", HttpStatusCode.BadRequest, "body-malformed")]
    [InlineData("""{"force":true}""", HttpStatusCode.BadRequest, "body-malformed")]
    [InlineData("""{"backup":"bk-9"}""", HttpStatusCode.NotFound, "backup-not-found")]
    [InlineData("", HttpStatusCode.BadRequest, "body-missing")]
    public async Task Restore_OverALiveNetworkOrBad_IsRefusedAndNothingBegins(string body, HttpStatusCode status, string code)
    {
        await PutNetworkAsync("alive");
        await PutBackupAsync("alive", "bk-1");
        using var client = await host.ClientAsync(Role.Owner);
        var before = host.Workflows.Started.Count;

        Assert.Equal(code, await ApiHost.CodeAsync(await RestoreAsync(client, "alive", body), status));

        Assert.Equal(before, host.Workflows.Started.Count);
    }

    [Fact]
    public async Task Schedule_IsSetShownAndOnRecord()
    {
        await PutNetworkAsync("planned");
        using var client = await host.ClientAsync(Role.Operator);
        const string Path = $"{Tenant}/networks/planned/backups/schedule";

        var set = await ApiHost.ReadAsync(await client.PutAsync(Path, ApiHost.Json("""{"schedule":"0 3 * * *","keep":{"count":3}}""")), HttpStatusCode.OK);
        var shown = await ApiHost.ReadAsync(await client.GetAsync(Path), HttpStatusCode.OK);

        Assert.Equal(set.ToJsonString(), shown.ToJsonString());
        Assert.Equal(("0 3 * * *", 3), ((string?)shown["schedule"], (int?)shown["keep"]!["count"]));
        Assert.NotNull(shown["next"]);
        var operations = await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/operations?limit=200"), HttpStatusCode.OK);
        var act = operations["items"]!.AsArray().Single(operation => (string?)operation!["kind"] == "setBackupSchedule" && (string?)operation["network"] == "planned")!;
        Assert.Equal("succeeded", (string?)(await ApiHost.ReadAsync(await client.GetAsync($"{Tenant}/operations/{act["id"]}"), HttpStatusCode.OK))["state"]);
        Assert.Null((await ApiHost.ReadAsync(await client.PutAsync(Path, ApiHost.Json("{}")), HttpStatusCode.OK))["schedule"]);
    }

    [Theory]
    [InlineData("""{"schedule":"every day"}""", "schedule-invalid")]
    [InlineData("""{"schedule":"0 0 30 2 *"}""", "schedule-invalid")]
    [InlineData("""{"schedule":"0 3 * * *","keep":{"count":0}}""", "backup-keep-invalid")]
    [InlineData("""{"schedule":"0 3 * * *","keep":{"days":-1}}""", "backup-keep-invalid")]
    [InlineData("""{"schedule":5}""", "body-malformed")]
    [InlineData("""{"cron":"0 3 * * *"}""", "body-malformed")]
    public async Task Schedule_MakesNoSense_IsRefused(string body, string code)
    {
        await PutNetworkAsync("unplanned");
        using var client = await host.ClientAsync(Role.Operator);

        Assert.Equal(code, await ApiHost.CodeAsync(await client.PutAsync($"{Tenant}/networks/unplanned/backups/schedule", ApiHost.Json(body)), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData(Role.Reader, "POST", "backups")]
    [InlineData(Role.Reader, "POST", "backups/bk-1/verify")]
    [InlineData(Role.Reader, "PUT", "backups/schedule")]
    [InlineData(Role.Operator, "DELETE", "backups/bk-1")]
    [InlineData(Role.Operator, "POST", "restores")]
    public async Task Route_AsksForItsRole(Role role, string method, string path)
    {
        using var client = await host.ClientAsync(role);

        Assert.Equal("forbidden", await ApiHost.CodeAsync(await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"{Tenant}/networks/any/{path}")), HttpStatusCode.Forbidden));
    }

    private static NetworkSpec SpecOf(NetworkName name) => new()
    {
        Name = name,
        FabricVersion = FabricVersion.Parse("3.1.5"),
        Ordering = new() { Nodes = 1 },
        Organizations = [new() { Name = OrganizationName.Parse("org1"), MspId = MspId.Parse("Org1MSP"), Peers = 1 }],
    };

    private static NetworkReference ReferenceOf(string name) => new(TenantName.Parse(ApiHost.Tenant), NetworkName.Parse(name));

    private async Task<HttpResponseMessage> RestoreAsync(HttpClient client, string network, string body, bool exists = false)
    {
        if (exists)
        {
            await PutNetworkAsync(network);
        }

        return await client.PostAsync($"{Tenant}/networks/{network}/restores", ApiHost.Json(body));
    }

    private async Task PutNetworkAsync(string name, NetworkState state = NetworkState.Ready)
    {
        var reference = ReferenceOf(name);
        var record = new NetworkRecord
        {
            Reference = reference,
            Spec = SpecOf(reference.Network),
            State = state,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
            LastOperation = OperationId.Parse("op-first"),
        };
        await host.Services.GetRequiredService<RecordStore>().PutIfAbsentAsync(RecordNames.Network(reference), record, default);
    }

    private async Task<NetworkReference> PutBackupAsync(string name, string id, BackupState state = BackupState.Complete)
    {
        var (reference, backup) = (ReferenceOf(name), BackupId.Parse(id));
        var root = new Core.Archives.VolumeRoot { Index = [], IndexHash = "", Entries = 0, Bytes = 0 };
        var record = new BackupRecord { Id = backup, Network = reference, Operation = OperationId.Parse("op-1"), State = state, CreatedAt = DateTimeOffset.UnixEpoch, Copies = [new("west", DateTimeOffset.UnixEpoch)] };
        await host.Services.GetRequiredService<RecordStore>().PutAsync(BackupRecordNames.Of(reference, backup), record, BlobCondition.None, default);
        var backups = host.Services.GetRequiredService<BackupStore>();
        await backups.EnsureKeyAsync(reference, default);
        BackedUpVolume VolumeOf(NodeReference node, NodeRole role) => new() { Node = node, Role = role, Root = root, Endpoint = new(node, role, "10.0.0.1", 7050, null, null) };
        var spec = SpecOf(reference.Network);
        await backups.WriteManifestAsync(
            new BackupManifest
            {
                Version = 1,
                Id = backup,
                Network = reference,
                CreatedAt = DateTimeOffset.UnixEpoch,
                KeyId = "",
                Spec = spec,
                Artifacts = root,
                Volumes = [VolumeOf(spec.Organizations[0].PeerNodes()[0], NodeRole.Peer), VolumeOf(spec.Ordering.Orderers().First(), NodeRole.Orderer)],
            },
            default);
        return reference;
    }
}
