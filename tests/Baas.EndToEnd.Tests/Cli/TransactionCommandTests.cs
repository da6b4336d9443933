using System.Text.Json.Nodes;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary><c>baas tx</c>: results alone on stdout, remarks on stderr, and one line with a code for what fails.</summary>
public sealed class TransactionCommandTests(TransactionNetwork network) : IClassFixture<TransactionNetwork>
{
    [Fact]
    public async Task Submit_ThenEvaluate_PrintResults()
    {
        var submitted = await network.RunAsync("submit", "asset", "Create", "one", "ann", "10");
        Assert.True(submitted.ExitCode == 0, $"{submitted}");
        Assert.Equal("""{"id":"one","owner":"ann","value":10}""", submitted.Output.Trim());
        Assert.Matches("^transaction [0-9a-f]{64} in block [0-9]+$", submitted.Error.Trim());

        var evaluated = await network.RunAsync("evaluate", "asset", "Read", "one", "--org", "org1");
        Assert.Equal((0, """{"id":"one","owner":"ann","value":10}""", ""), (evaluated.ExitCode, evaluated.Output.Trim(), evaluated.Error.Trim()));

        var id = submitted.Error.Trim().Split(' ')[1];
        Assert.Matches("^VALID in block [0-9]+$", await network.GetAsync("status", id));
        Assert.Equal("UNKNOWN", await network.GetAsync("status", new string('0', 64)));
    }

    [Fact]
    public async Task Submit_TransientAndEndorsers_AreTaken()
    {
        await File.WriteAllTextAsync(network.In("secret.txt"), "from a file");

        await network.GetAsync("submit", "asset", "Create", "hinted", "ann", "1", "--transient", "hint=text", "--transient", $"more=@{network.In("secret.txt")}", "--endorsing-org", "org1");

        Assert.Equal("true", await network.GetAsync("evaluate", "asset", "Exists", "hinted"));
    }

    [Fact]
    public async Task Submit_SameKeyAgain_IsTheSameTransaction()
    {
        string[] create = ["asset", "Create", "keyed", "ann", "1", "--idempotency-key", "create-keyed", "--output", "json"];

        var first = JsonNode.Parse(await network.GetAsync("submit", create));
        var again = JsonNode.Parse(await network.GetAsync("submit", create));

        Assert.Equal($"{first}", $"{again}");
        await RefusesAsync(2, "(idempotency-key-reused)", "submit", "asset", "Create", "keyed", "bob", "1", "--idempotency-key", "create-keyed");
    }

    [Fact]
    public async Task Evaluate_ArgumentsAfterDashes_GoToTheChaincode() =>
        Assert.Equal("false", await network.GetAsync("evaluate", "asset", "Exists", "--", "--nothing"));

    [Theory]
    [InlineData(2, "asset \"nothing\" does not exist (chaincode-refused)", "evaluate", "asset", "Read", "nothing")]
    [InlineData(2, "asset \"nothing\" does not exist (chaincode-refused)", "submit", "asset", "Update", "nothing", "1")]
    [InlineData(2, "(chaincode-refused)", "submit", "asset", "NoSuchFunction")]
    [InlineData(5, "(chaincode-not-found)", "evaluate", "other", "Read", "a")]
    [InlineData(5, "(organization-not-found)", "evaluate", "asset", "Read", "a", "--org", "org9")]
    [InlineData(5, "(organization-not-found)", "submit", "asset", "Read", "a", "--endorsing-org", "org9")]
    [InlineData(2, "(body-malformed)", "submit", "asset", "Read", "a", "--org", "No Name")]
    [InlineData(2, "it has to be NAME=VALUE", "submit", "asset", "Read", "--transient", "nothing")]
    [InlineData(2, "cannot read file \"/no/such/file\" of --transient", "submit", "asset", "Read", "--transient", "hint=@/no/such/file")]
    [InlineData(2, "cannot read \"--endorsing\": there is no such option", "submit", "asset", "Read", "a", "--endorsing", "org1")]
    [InlineData(2, "visible ASCII", "submit", "asset", "Read", "--idempotency-key", "a b")]
    [InlineData(2, "(transaction-id-invalid)", "status", "abc")]
    public Task Call_Wrong_IsExplained(int exitCode, string part, string verb, params string[] arguments) => RefusesAsync(exitCode, part, verb, arguments);

    [Fact]
    public async Task Submit_AnotherTransactionWasFaster_SaysSo()
    {
        await network.GetAsync("submit", "asset", "Create", "hot", "ann", "0");
        using var done = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        // Each block holds one of these, so that one from the command line comes too late.
        var others = Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            var conflicts = 0;
            while (!done.IsCancellationRequested)
            {
                var (status, text) = await network.SubmitAsync($$"""{"function":"Update","args":["hot","{{number}}"]}""");
                Assert.True(status is 200 || (status is 409 && text.Contains("transaction-conflict", StringComparison.Ordinal)), text);
                conflicts += status is 409 ? 1 : 0;
            }

            return conflicts;
        }));
        Up.BaasResult result;
        do
        {
            result = await network.RunAsync("submit", "asset", "Update", "hot", "9");
        }
        while (result.ExitCode == 0 && !done.IsCancellationRequested);
        await done.CancelAsync();

        Assert.True(result.ExitCode == 6, $"{result}");
        Assert.Contains("MVCC_READ_CONFLICT: another transaction wrote first what this one had read (transaction-conflict)", result.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await others).Sum());
    }

    private async Task RefusesAsync(int exitCode, string part, string verb, params string[] arguments)
    {
        var result = await network.RunAsync(verb, arguments);
        Assert.True(result.ExitCode == exitCode, $"{result}");
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output.Trim());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
