namespace Baas.EndToEnd.Tests.Up;

/// <summary>The commands of backups, on a network that others use, too.</summary>
[Collection(UpDefinition.Name)]
public sealed class BackupCommandTests(ServedNetwork served)
{
    [Fact]
    public async Task Backup_IsTakenShownCheckedAndForgotten()
    {
        var taken = await served.RunAsync("backup", "create", ServedNetwork.Network);
        Assert.True(taken.ExitCode == 0, $"{taken}");
        var id = (string)(await served.GetJsonAsync("backup", "list", ServedNetwork.Network)).AsArray()[0]!["id"]!;

        Assert.Contains("complete", await served.GetAsync("backup", "list", ServedNetwork.Network), StringComparison.Ordinal);
        var shown = await served.GetAsync("backup", "show", ServedNetwork.Network, id);
        Assert.All(new[] { id, "peer-1.org1", "orderer-3.orderer", "main" }, text => Assert.Contains(text, shown, StringComparison.Ordinal));
        Assert.Equal(7, (await served.GetJsonAsync("backup", "show", ServedNetwork.Network, id))["volumes"]!.AsArray().Count);
        Assert.Equal(0, (await served.RunAsync("backup", "verify", ServedNetwork.Network, id)).ExitCode);

        var refused = await served.RunAsync("restore", ServedNetwork.Network, id);
        Assert.Equal((6, true), (refused.ExitCode, refused.Error.Contains("(restore-needs-force)", StringComparison.Ordinal)));
        var elsewhere = await served.RunAsync("restore", "copy", id, "--from", ServedNetwork.Network);
        Assert.Equal((6, true), (elsewhere.ExitCode, elsewhere.Error.Contains("(restore-original-there)", StringComparison.Ordinal)));
        var one = await served.RunAsync("restore", ServedNetwork.Network, id, "--force", "--node", "peer-2.org2");
        Assert.True(one.ExitCode == 0, $"{one}");

        Assert.Equal(0, (await served.RunAsync("backup", "delete", ServedNetwork.Network, id)).ExitCode);
        var gone = await served.RunAsync("backup", "show", ServedNetwork.Network, id);
        Assert.Equal((5, true), (gone.ExitCode, gone.Error.Contains("(backup-not-found)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Schedule_IsSetShownAndTakenBack()
    {
        Assert.Contains("on request only", await served.GetAsync("backup", "schedule", ServedNetwork.Network), StringComparison.Ordinal);
        Assert.Contains("0 3 * * *", await served.GetAsync("backup", "schedule", ServedNetwork.Network, "0 3 * * *", "--keep", "3", "--days", "30"), StringComparison.Ordinal);
        var set = await served.GetJsonAsync("backup", "schedule", ServedNetwork.Network);
        Assert.Equal(("0 3 * * *", 3, 30), ((string?)set["schedule"], (int?)set["keep"]!["count"], (int?)set["keep"]!["days"]));

        var wrong = await served.RunAsync("backup", "schedule", ServedNetwork.Network, "every day");
        Assert.Equal((2, true), (wrong.ExitCode, wrong.Error.Contains("(schedule-invalid)", StringComparison.Ordinal)));
        Assert.Equal(2, (await served.RunAsync("backup", "schedule", ServedNetwork.Network, "0 3 * * *", "--off")).ExitCode);
        Assert.Contains("on request only", await served.GetAsync("backup", "schedule", ServedNetwork.Network, "--off"), StringComparison.Ordinal);
    }
}
