using Baas.Core.Networks;
using Baas.Core.Networks.Documents;

namespace Baas.Core.Tests.Networks;

/// <summary>The specification that these tests change.</summary>
internal static class TestSpecs
{
    public const string Yaml = """
        name: net
        fabricVersion: 3.1.5
        ordering: { nodes: 3 }
        organizations:
          - { name: org1, peers: 2 }
          - { name: org2, peers: 2 }
        channels:
          - { name: main }
        chaincodes:
          - { name: asset, channel: main, image: asset }
        """;

    public static NetworkSpec Network { get; } = Read(Yaml);

    public static NetworkSpec Read(string yaml)
    {
        var reading = SpecReader.Read(yaml, SpecFormat.Yaml, 64 * 1024);
        Assert.True(reading.IsValid, string.Join('\n', reading.Violations));
        return reading.Spec;
    }

    /// <summary>The specification with a part of its text exchanged.</summary>
    public static NetworkSpec With(string part, string other)
    {
        Assert.Contains(part, Yaml, StringComparison.Ordinal);
        return Read(Yaml.Replace(part, other, StringComparison.Ordinal));
    }
}
