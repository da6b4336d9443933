using System.Net;
using System.Net.Sockets;
using Baas.EndToEnd.Tests.Up;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary>Every wrong input ends as a clear line on stderr and an exit code of docs/errors.md, never as a stack trace.</summary>
[Collection(UpDefinition.Name)]
public sealed class BadInputTests(ServedNetwork served)
{
    [Theory]
    [InlineData(2, "cannot read specification \"none.yaml\"", "plan", "-f", "none.yaml")]
    [InlineData(2, "cannot use server \"nonsense\"", "network", "list", "--server", "nonsense")]
    [InlineData(3, "cannot reach the service at http://127.0.0.1:1/", "network", "list", "--server", "http://127.0.0.1:1")]
    [InlineData(5, "(network-not-found)", "network", "get", "nothing")]
    [InlineData(5, "(network-not-found)", "network", "delete", "nothing")]
    [InlineData(5, "(network-not-found)", "profile", "nothing", "org1")]
    [InlineData(5, "(organization-not-found)", "profile", "two-orgs", "org9")]
    [InlineData(5, "(operation-not-found)", "operation", "get", "op-nothing")]
    [InlineData(2, "(request-malformed)", "network", "get", "../etc")]
    [InlineData(2, "nonsense", "nonsense")]
    [InlineData(2, "--port", "up", "--port", "many")]
    [InlineData(2, "--port", "up", "--port", "99999")]
    [InlineData(2, "--port", "serve", "--port", "-1")]
    [InlineData(2, "without a cluster", "serve")]
    [InlineData(2, "cannot read settings \"none.json\"", "serve", "--settings", "none.json")]
    [InlineData(2, "cannot read kubeconfig \"none\"", "serve", "--kubeconfig", "none")]
    [InlineData(2, "cannot read API key file \"none.key\"", "network", "list", "--api-key-file", "none.key")]
    public async Task CommandLine_Wrong_IsExplained(int exitCode, string part, params string[] arguments) =>
        AssertExplained(await served.RunAsync(arguments), exitCode, part);

    [Theory]
    [InlineData(0, "upgrade", "plan", "--help")]
    [InlineData(0, "network", "get", "-h")]
    [InlineData(0, "--help")]
    [InlineData(2, "nonsense", "--help")]
    public async Task Help_NeedsNoArguments_ButAKnownCommand(int exitCode, params string[] arguments) =>
        Assert.Equal(exitCode, (await served.RunAsync(arguments)).ExitCode);

    [Theory]
    [InlineData("name: [", "(specification-malformed)")]
    [InlineData("", "(body-missing)")]
    [InlineData("name: x\nsurprise: 1", "$.surprise")]
    [InlineData("!<> x", "(specification-malformed)")]
    [InlineData("\0\u0001", "(specification-malformed)")]
    [InlineData("{name: bad, fabricVersion: 3.1.5, ordering: {nodes: 99}, organizations: []}", "$.ordering.nodes")]
    public async Task Specification_Wrong_IsExplained(string text, string part) =>
        AssertExplained(await served.RunAsync("network", "create", "-f", served.Write("wrong.yaml", text)), 2, part);

    [Fact]
    public async Task Key_Wrong_IsExplained() =>
        AssertExplained(await served.RunAsync("network", "list", "--api-key-file", served.Write("wrong.key", "baas_0123456789abcdef_wrong")), 4, "(unauthenticated)");

    [Fact]
    public async Task Tenant_Absent_IsExplained() => AssertExplained(await served.RunAsync("network", "list", "--tenant", "nobody"), 5, "(tenant-not-found)");

    [Fact]
    public async Task Settings_Damaged_AreExplained() =>
        AssertExplained(await BaasProcess.RunAsync(served.Write("damaged.json", "{"), "network", "list"), 7, "cannot read the settings");

    [Fact]
    public async Task Service_NoneKnown_IsExplained() => AssertExplained(await BaasProcess.RunAsync(served.In("none.json"), "network", "list"), 2, "baas up");

    [Fact]
    public async Task Server_SomethingElse_IsExplained()
    {
        using var stranger = new HttpListenerOnFreePort("<html>hello</html>");

        AssertExplained(await served.RunAsync("network", "list", "--server", stranger.Address), 10, "is it a Baas service?");
    }

    [Fact]
    public async Task Port_InUse_IsExplained()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var results = await Task.WhenAll(
            BaasProcess.RunAsync(served.In("other.json"), "up", "--once", "--port", port, "--data", served.In("port-up")),
            BaasProcess.RunAsync(served.In("other.json"), "sandbox", "--port", port, "--data", served.In("port-sandbox")));

        Assert.All(results, result => AssertExplained(result, 7, port));
    }

    [Fact]
    public async Task DataFolder_InUse_IsExplained() =>
        AssertExplained(await BaasProcess.RunAsync(served.In("other.json"), "up", "--once", "--data", served.Data), 7, "(data-folder-locked)");

    [Fact]
    public async Task DataFolder_File_IsExplained() =>
        AssertExplained(await BaasProcess.RunAsync(served.In("other.json"), "up", "--once", "--data", served.Write("file", "")), 7, "(data-folder-unwritable)");

    [Fact]
    public async Task DataFolder_OfANewerVersion_IsExplainedAndLeftAlone()
    {
        Directory.CreateDirectory(served.In("newer"));
        served.Write(Path.Combine("newer", "version"), "999\n");

        AssertExplained(await BaasProcess.RunAsync(served.In("other.json"), "up", "--once", "--data", served.In("newer")), 7, "(data-folder-newer)");

        Assert.Equal("999\n", File.ReadAllText(Path.Combine(served.In("newer"), "version")));
        Assert.False(Directory.Exists(Path.Combine(served.In("newer"), "sandbox")));
    }

    [SmallDiskFact]
    public async Task DataFolder_Full_IsExplained()
    {
        var folder = Directory.CreateDirectory(served.In("disk")).FullName;
        // In a namespace of its own, so that the disk is gone with the process.
        string[] start = ["-rm", "sh", "-c", "mount -t tmpfs -o size=128k tmpfs \"$1\" && exec dotnet \"$2\" up --once --data \"$1/data\"", "sh", folder, BaasProcess.Program];

        await using var process = BaasProcess.StartAs("unshare", served.In("other.json"), start);

        AssertExplained(await process.EndAsync(), 7, "cannot ");
    }

    private static void AssertExplained(BaasResult result, int exitCode, string part)
    {
        Assert.True(result.ExitCode == exitCode, $"expected {exitCode}, {result}");
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output.Trim()); // the command line library ends its messages with an empty line there
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Error, letter => char.IsControl(letter) && letter != '\n');
        Assert.InRange(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 6);
    }
}
