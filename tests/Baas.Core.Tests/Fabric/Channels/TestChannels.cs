using Baas.Core.Fabric.Blocks;
using Baas.Core.Fabric.Channels;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Networks;

namespace Baas.Core.Tests.Fabric.Channels;

/// <summary>The channel of Golden/raft as a definition.</summary>
internal static class TestChannels
{
    public static ChannelDefinition Golden { get; } = new()
    {
        Name = ChannelName.Parse("mychannel"),
        Capabilities = new("V3_0", "V2_0", "V2_5"),
        Consensus = Consensus.Raft,
        Batch = new BatchSpec { MaxMessages = 10 },
        Ordering = Organization("OrdererMSP") with { Group = "OrdererOrg" },
        Consenters = [Consenter(1, 17050), Consenter(2, 17060), Consenter(3, 17070)],
        Members = [Organization("Org1MSP", 17151), Organization("Org2MSP", 17251)],
    };

    public static Config GoldenConfig => ConfigBlock.Read(GoldenFiles.Read("raft", "genesis.block")).Config;

    public static ChannelOrganization Organization(string mspId, params int[] anchors) => new()
    {
        MspId = MspId.Parse(mspId),
        Roots = [GoldenFiles.Text("raft", "certs", $"{mspId}-ca.pem")],
        TlsRoots = [GoldenFiles.Text("raft", "certs", $"{mspId}-tlsca.pem")],
        AnchorPeers = [.. anchors.Select(port => new ChannelAddress("127.0.0.1", port))],
    };

    public static ChannelConsenter Consenter(int number, int port)
    {
        var certificate = GoldenFiles.Text("raft", "certs", $"orderer{number}-tls.pem");
        return new ChannelConsenter(new ChannelAddress("127.0.0.1", port), MspId.Parse("OrdererMSP"), certificate, certificate);
    }

    /// <summary>Every element of a configuration by its path: what tells two configurations apart in a readable way.</summary>
    public static SortedDictionary<string, string> Flat(ConfigGroup root, bool versions = true)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        Add("/Channel", root);
        return all;

        void Add(string path, ConfigGroup group)
        {
            all.Add(path, $"{Version(group.Version)}{group.ModPolicy}");
            foreach (var (name, value) in group.Values)
            {
                all.Add($"{path}/values/{name}", $"{Version(value.Version)}{value.ModPolicy} {value.Value.ToBase64()}");
            }

            foreach (var (name, policy) in group.Policies)
            {
                all.Add($"{path}/policies/{name}", $"{Version(policy.Version)}{policy.ModPolicy} {policy.Policy}");
            }

            foreach (var (name, child) in group.Groups)
            {
                Add($"{path}/{name}", child);
            }
        }

        string Version(ulong version) => versions ? $"v{version} " : "";
    }
}
