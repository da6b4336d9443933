using System.Net;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>What is refused before an upgrade begins, and what its plan says.</summary>
public sealed class UpgradePlanTests : SandboxTests
{
    // Of a network of version 3.1.5.
    private static readonly (string Version, string? More, HttpStatusCode Status, string Why)[] Refused =
    [
        ("3.1.5", null, HttpStatusCode.Conflict, "path-not-supported"), // the same
        ("3.1.1", null, HttpStatusCode.Conflict, "path-not-supported"), // older
        ("2.5.16", null, HttpStatusCode.Conflict, "capability-above-version"), // older, and its nodes would stop
        ("3.0.0", null, HttpStatusCode.Conflict, "path-not-supported"), // older, and no line that is known
        ("4.0.0", null, HttpStatusCode.Conflict, "path-not-supported"), // unknown
        ("5.1.0", "'capabilities':true", HttpStatusCode.Conflict, "path-not-supported"), // unknown, and skips a line
        ("3.1.6", "'capabilitiesOf':['nowhere']", HttpStatusCode.Conflict, "channel-not-found"),
        ("3.1.6", "'requireBackup':'24h'", HttpStatusCode.Conflict, "backup-missing"),
        ("3.1.6", "'requireBackup':'soon'", HttpStatusCode.BadRequest, "body-malformed"),
        ("3.1.6", "'capabilities':'all'", HttpStatusCode.BadRequest, "body-malformed"),
        ("newest", null, HttpStatusCode.BadRequest, "body-malformed"),
    ];

    [Fact]
    public async Task Upgrade_ThatCannotBe_IsOneClearProblemAndTouchesNothing()
    {
        await using var service = await Host.StartServiceAsync("service");
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("refused")).State);

        foreach (var (version, more, status, why) in Refused)
        {
            using var answer = await service.Api.TryUpgradeAsync("refused", version, more: more);

            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Null((await service.Api.FindAsync("refused"))?.ActiveOperation);
        Assert.Single(await service.Api.ListOperationsAsync());
    }

    [Fact]
    public async Task Upgrade_WhileABackupRuns_IsRefusedAndTheOtherWayRound()
    {
        await using var service = await Host.StartServiceAsync("service");
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("busy")).State);
        using var backup = await service.Api.TryBackUpAsync("busy");

        using (var refused = await service.Api.TryUpgradeAsync("busy", "3.1.6"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("network-busy", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(await NetworkApi.AcceptedAsync(backup))).State);
        var upgrade = await service.Api.UpgradeAsync("busy", "3.1.6");
        await service.Api.BegunAsync(upgrade);
        using (var refused = await service.Api.TryBackUpAsync("busy"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("network-busy", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(upgrade)).State);
    }

    [Fact]
    public async Task Upgrade_WithARequiredBackup_BeginsWhenOneWasVerified()
    {
        const string Required = "'requireBackup':'1h'";
        await using var service = await Host.StartServiceAsync("service");
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("kept")).State);
        await RefusedAsync("backup-missing");
        Assert.Equal(OperationState.Succeeded, (await service.Api.BackUpToEndAsync("kept")).State);
        await RefusedAsync("backup-not-verified");
        var backup = (await service.Api.ListBackupsAsync("kept")).Single().Id;
        Assert.Equal(OperationState.Succeeded, (await service.Api.VerifyToEndAsync("kept", backup)).State);

        Assert.Equal(OperationState.Succeeded, (await service.Api.EndOfAsync(await service.Api.UpgradeAsync("kept", "3.1.6", Required))).State);

        async Task RefusedAsync(string why)
        {
            using var answer = await service.Api.TryUpgradeAsync("kept", "3.1.6", more: Required);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Upgrade_AsDryRun_ShowsThePlanAndTouchesNothing()
    {
        await using var service = await Host.StartServiceAsync("service");
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("dry")).State);

        using var answer = await service.Api.TryUpgradeAsync("dry", "3.1.9", dryRun: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"isPossible\":true", text, StringComparison.Ordinal);
        Assert.Contains("orderer-1.orderer", text, StringComparison.Ordinal);
        Assert.Contains("backup-missing", text, StringComparison.Ordinal);
        Assert.Contains("orderer-alone", text, StringComparison.Ordinal);
        Assert.Single(await service.Api.ListOperationsAsync());
    }
}
