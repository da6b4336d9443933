using Baas.Testing;
using Baas.Testing.Fabric;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>What is wrong with the machine, the programs or the chaincode ends as one failure with a code, and everything is undone.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealBadInputTests
{
    /// <summary>A chaincode's command line, and the code with which the operation fails.</summary>
    public static TheoryData<string, string> Chaincodes => new()
    {
        // Ends at once.
        { "process.stderr.write('no such contract\\n'); process.exit(3)", "node-crashes" },

        // Takes connections, and says nothing.
        { "const [h, p] = process.env.CHAINCODE_SERVER_ADDRESS.split(':'); require('net').createServer().listen(Number(p), h)", "chaincode-silent" },

        // Speaks something else.
        { "const [h, p] = process.env.CHAINCODE_SERVER_ADDRESS.split(':'); require('http').createServer((q, a) => a.end('hello')).listen(Number(p), h)", "chaincode-silent" },

        // The right protocol for another package.
        { "process.env.CHAINCODE_ID = 'other_1.0:0000'; process.argv.splice(2, 9, ...require('./server.js').argumentsFrom(process.env)); require('fabric-shim/cli')", "chaincode-silent" },
    };

    [RealNodesTheory]
    [MemberData(nameof(Chaincodes))]
    public async Task Chaincode_ThatDoesNotServe_FailsAndIsUndone(string program, string code)
    {
        // One organization is enough to fail with.
        await using var network = new RealNetwork(edit: OneOrganization);
        network.MapImage("node", "-e", program, "chaincode");

        await FailsAsync(network, code);
    }

    [RealNodesFact]
    public async Task Programs_OfAnotherVersion_FailAndAreUndone()
    {
        await using var network = new RealNetwork(edit: text => OneOrganization(text).Replace("fabricVersion: 3.1.5", "fabricVersion: 3.1.4", StringComparison.Ordinal));

        await FailsAsync(network, "image-refused");
    }

    [RealNodesFact]
    public async Task CouchDb_WithoutTheProgram_FailsAndIsUndone()
    {
        await using var network = new RealNetwork(edit: text => OneOrganization(text).Replace("peers: 2", "peers: 1\n    stateDatabase: couchdb", StringComparison.Ordinal));

        Assert.Contains("stateDatabase: leveldb", await FailsAsync(network, "image-refused"), StringComparison.Ordinal);
    }

    [RealNodesFact("2.5.16")]
    public async Task Programs_WithoutTheCapabilities_FailAndAreUndone()
    {
        // What the version has is right for bft; the machine's programs are of a line that has none.
        await using var network = new RealNetwork("bft.yaml", "2.5.16", "bft", text => text.Replace("fabricVersion: 2.5.16", "fabricVersion: 3.1.5", StringComparison.Ordinal));

        Assert.Contains("this machine has Fabric 2.5.16, not 3.1.5", await FailsAsync(network, "image-refused"), StringComparison.Ordinal);
    }

    /// <summary>What a specification asks for in vain: the example's file, the line, what stands there instead, and the code of the violation.</summary>
    public static TheoryData<string, string, string, string> Specifications => new()
    {
        { "bft.yaml", "nodes: 4", "nodes: 3", "bft-too-few-orderers" },
        { "bft.yaml", "fabricVersion: 3.1.5", "fabricVersion: 2.5.16", "consensus-not-available" },
        { "bft.yaml", "channel: V3_0", "channel: V2_0", "bft-needs-capability" },
        { "bft.yaml", "application: V2_5", "application: V9_0", "capability-not-available" },
        { "bft.yaml", "nodes: 4", "nodes: 4\n  ca: { algorithm: ed25519 }", "ed25519-bft-orderers" },
        { "lts.yaml", "nodes: 3", "nodes: 3\n  ca: { algorithm: ed25519 }", "ed25519-not-available" },
        { "two-orgs.yaml", "'Org2MSP.peer'", "'Org3MSP.peer'", "policy-unknown-msp" },
        { "two-orgs.yaml", "AND('Org1MSP.peer', 'Org2MSP.peer')", "OutOf(3, 'Org1MSP.peer', 'Org2MSP.peer')", "policy-not-satisfiable" },
    };

    [RealNodesTheory]
    [MemberData(nameof(Specifications))]
    public async Task Specification_ThatCannotBeMet_IsRefusedAndNothingBegins(string example, string line, string instead, string code)
    {
        await using var network = new RealNetwork(example, edit: text => text.Replace(line, instead, StringComparison.Ordinal));
        await using var up = network.Start("--once");

        Assert.Equal(2, await up.ExitAsync());
        Assert.Contains($"({code})", up.Output, StringComparison.Ordinal);
        Assert.Empty(network.Machine.Programs);
        Assert.Empty(Directory.EnumerateFileSystemEntries(network.In("data", "sandbox", "pods")));
        Assert.False(Directory.Exists(network.In("data", "store", "blobs", "records", "networks")));
    }

    /// <summary>What is wrong with the folder of programs, and the code.</summary>
    public static TheoryData<string, string> Folders => new()
    {
        { "empty", "fabric-programs-unusable" },
        { "not executable", "fabric-programs-unusable" },
        { "says nothing", "fabric-programs-unusable" },
        { "no defaults", "fabric-programs-unusable" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Programs_ThatCannotBeUsed_AreExplained(string fault, string code)
    {
        using var folder = new TestFolder();
        var bin = Directory.CreateDirectory(folder.In("bin")).FullName;
        foreach (var program in fault == "empty" ? [] : new[] { "orderer", "peer" })
        {
            var file = Path.Combine(bin, program);
            await File.WriteAllTextAsync(file, fault == "says nothing" ? "#!/bin/sh\necho hello\n" : "#!/bin/sh\necho ' Version: v3.1.5'\n");
            if (fault != "not executable" && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        var variables = new Dictionary<string, string> { [FabricBinaries.Variable] = bin, [FabricBinaries.HomeVariable] = "" };
        var (exit, output) = await BaasProgram.RunAsync(folder.Path, variables, "up", "--nodes", "process", "--once", "--data", folder.In("data"), "-f", Repository.In("examples", "two-orgs.yaml"));

        Assert.Equal(7, exit);
        Assert.Contains($"({code})", Assert.Single(output.Split('\n')), StringComparison.Ordinal);
    }

    private static string OneOrganization(string text) => text
        .Replace("  - name: org2\n    peers: 2\n", "", StringComparison.Ordinal)
        .Replace("nodes: 3", "nodes: 1", StringComparison.Ordinal)
        .Replace("AND('Org1MSP.peer', 'Org2MSP.peer')", "OR('Org1MSP.peer')", StringComparison.Ordinal);

    // One failure, named once; no program and no network is left.
    private static async Task<string> FailsAsync(RealNetwork network, string code)
    {
        await using var up = network.Start("--once");
        var exit = await up.ExitAsync();

        Assert.True(exit == 1, up.Output);
        Assert.Contains($"({code})", up.Output, StringComparison.Ordinal);
        Assert.Contains("everything was undone", up.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("left over", up.Output, StringComparison.Ordinal);
        Assert.Empty(network.Machine.Programs);
        network.Machine.AssertNoFiles();
        return up.Output;
    }
}
