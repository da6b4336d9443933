namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>The smallest network that has one of everything.</summary>
internal static class SmallNetwork
{
    /// <summary>The organizations, the ordering one among them.</summary>
    public const int Organizations = 2;

    /// <summary>Its orderer and its peer: what keeps a ledger.</summary>
    public const int Ledgers = 2;

    public static string Specification(string name) => $"""
        name: {name}
        fabricVersion: 3.1.5
        ordering:
          nodes: 1
          batch:
            timeout: 50ms
        organizations:
          - name: org1
            peers: 1
        channels:
          - name: main
        chaincodes:
          - name: asset
            channel: main
            image: baas.example/asset-chaincode:1.0
        """;
}
