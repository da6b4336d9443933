using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.EndToEnd.Tests.Up;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Secrets;

/// <summary>After a run, no key stands anywhere but where it has to.</summary>
[Collection(UpDefinition.Name)]
public sealed class SecretsTests
{
    private const string Specification = """
        name: quiet
        fabricVersion: 3.1.5
        ordering: { nodes: 1 }
        organizations: [{ name: org1, peers: 1 }, { name: org2, peers: 1, stateDatabase: couchdb }]
        channels: [{ name: main }]
        chaincodes: [{ name: asset, channel: main, image: baas.example/asset-chaincode:1.0 }]
        """;

    private static readonly NetworkReference Network = new(TenantName.Parse("default"), NetworkName.Parse("quiet"));

    [Fact]
    public async Task Run_LeavesNoSecretInPlainText()
    {
        using var folder = new TestFolder();
        var (settings, data, cluster) = (folder.In("config.json"), folder.In("data"), folder.In("cluster", "sandbox"));
        File.WriteAllText(folder.In("quiet.yaml"), Specification);
        List<(string Place, string Text)> said = [];

        await using (var sandbox = BaasProcess.Start(settings, "sandbox", "--data", folder.In("cluster")))
        {
            await sandbox.UntilAsync("get nodes");
            await using var serve = BaasProcess.Start(settings, "serve", "--kubeconfig", Path.Combine(cluster, "kubeconfig"), "--port", "0", "--data", data);
            await serve.UntilAsync("service at ");
            var created = await BaasProcess.RunAsync(settings, "network", "create", "-f", folder.In("quiet.yaml"), "--output", "json");
            Assert.True(created.ExitCode == 0, created.ToString());
            said.AddRange([("the output of create", created.Output), ("the messages of create", created.Error)]);
            said.AddRange(await AnswersAsync(settings));
            said.AddRange(Processes(sandbox.Id, serve.Id));
            said.AddRange([("the service's log", serve.Error()), ("the sandbox's log", sandbox.Error())]);
        }

        var search = await SearchAsync(settings, data);
        var files = search.InFolder(data, file => Path.GetFileName(file) != "master.key");
        Assert.Empty(files.Concat(said.SelectMany(one => search.In(one.Text, one.Place))));
        AssertPrivate(search, data, cluster);
    }

    private static async Task<SecretSearch> SearchAsync(string settings, string data)
    {
        var spec = SpecReader.Read(Specification, SpecFormat.Yaml, 64 * 1024).Spec!; // it has been accepted
        var (privateKeys, symmetricKeys) = await StoredSecrets.ReadAsync(data, Network, spec);
        Assert.True(privateKeys.Count >= 20, $"only {privateKeys.Count} private keys"); // 3 organizations with 2 CAs and 2 users each, 3 nodes, 2 keys each
        var search = new SecretSearch().AddText("the API key", KeyOf(settings).Split('_', 3)[2]);
        foreach (var key in privateKeys)
        {
            search.AddPrivateKey(key);
        }

        foreach (var key in symmetricKeys)
        {
            search.AddBytes("a master or data key", key);
        }

        return search;
    }

    // The cluster's own store and volumes have to hold what nodes use: for their owner alone.
    private static void AssertPrivate(SecretSearch search, string data, string cluster)
    {
        Assert.NotEmpty(search.InFolder(cluster, file => file.Contains("objects", StringComparison.Ordinal))); // the search finds what is there
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(cluster) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(data, "master.key")) & Others);
        var open = search.InFolder(cluster, file => (File.GetUnixFileMode(file) & Others) != UnixFileMode.None);
        Assert.Empty(open);
    }

    private static async Task<IReadOnlyList<(string Place, string Text)>> AnswersAsync(string settings)
    {
        var service = Service(settings);
        using var client = new HttpClient { BaseAddress = new Uri((string)service["server"]!) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)service["apiKey"]);
        const string Tenant = "api/v1/tenants/default";
        var operations = JsonNode.Parse(await client.GetStringAsync($"{Tenant}/operations"))!["items"]!.AsArray();
        string[] paths =
        [
            "api/v1", "openapi/v1.json", "api/v1/tenants", $"{Tenant}/networks", $"{Tenant}/networks/quiet", $"{Tenant}/networks/quiet/specification", $"{Tenant}/networks/quiet/topology",
            $"{Tenant}/networks/quiet/topology.svg", $"{Tenant}/networks/quiet/organizations/org1/profile", $"{Tenant}/api-keys", $"{Tenant}/operations",
            .. operations.SelectMany(operation => new[] { $"{Tenant}/operations/{operation!["id"]}", $"{Tenant}/operations/{operation["id"]}/events" }),
        ];
        List<(string Place, string Text)> answers = [];
        foreach (var path in paths)
        {
            answers.Add((path, await client.GetStringAsync(path)));
        }

        // The one answer that is meant to hold keys: the search has to find them there.
        var identity = JsonNode.Parse(await client.GetStringAsync($"{Tenant}/networks/quiet/organizations/org1/identities/admin"))!;
        Assert.NotEmpty(new SecretSearch().AddPrivateKey((string)identity["privateKey"]!).In(identity.ToJsonString().Replace("\\n", "\n", StringComparison.Ordinal), "the export"));
        return answers;
    }

    private static IEnumerable<(string Place, string Text)> Processes(params int[] ids) => OperatingSystem.IsLinux()
        ? from id in ids from file in new[] { "cmdline", "environ" } select ($"/proc/{id}/{file}", File.ReadAllText($"/proc/{id}/{file}"))
        : [];

    private static JsonNode Service(string settings)
    {
        var known = JsonNode.Parse(File.ReadAllText(settings))!; // written by the program
        return known["services"]![(string)known["current"]!]!;
    }

    private static string KeyOf(string settings) => (string)Service(settings)["apiKey"]!;
}
