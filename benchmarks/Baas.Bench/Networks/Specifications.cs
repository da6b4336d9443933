namespace Baas.Bench.Networks;

/// <summary>The networks that are measured.</summary>
internal static class Specifications
{
    /// <summary>The folder of the repository, which holds the example.</summary>
    public static string Repository { get; } = Find();

    /// <summary>The example of the README, under another name.</summary>
    public static string TwoOrganizations(string name) =>
        File.ReadAllText(Path.Combine(Repository, "examples", "two-orgs.yaml")).Replace("name: two-orgs", $"name: {name}", StringComparison.Ordinal);

    /// <summary>One orderer, one organization with one peer, a channel, a chaincode.</summary>
    public static string Small(string name) => $"""
        name: {name}
        fabricVersion: 3.1.5
        ordering:
          nodes: 1
          batch: {"{"} timeout: 200ms {"}"}
        organizations:
          - name: org1
            peers: 1
        channels:
          - name: main
        chaincodes:
          - name: asset
            channel: main
            version: 1.0
            image: baas.example/asset-chaincode:1.0
        """;

    /// <summary>One orderer, one organization with one peer, a channel.</summary>
    public static string Ledger(string name) => $"""
        name: {name}
        fabricVersion: 3.1.5
        ordering:
          nodes: 1
        organizations:
          - name: org1
            peers: 1
        channels:
          - name: main
        """;

    /// <summary>As the small one, with blocks that are full before their time is over: clients wait for each other, not for a clock.</summary>
    public static string Gateway(string name) => Small(name).Replace("timeout: 200ms", "timeout: 200ms, maxMessages: 10", StringComparison.Ordinal);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Baas.sln")))
        {
            folder = folder.Parent ?? throw new BenchException($"cannot find the repository from {AppContext.BaseDirectory} upwards");
        }

        return folder.FullName;
    }
}
