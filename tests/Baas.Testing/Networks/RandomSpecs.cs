using Baas.Core.Networks;

namespace Baas.Testing.Networks;

/// <summary>Specifications that have to be accepted, with names and texts that writers and readers easily get wrong.</summary>
public static class RandomSpecs
{
    private static readonly string[] Words = ["null", "true", "yes", "no", "on", "e1", "x0", "a-b-c", "nan", "inf", "org", "z9"];
    private static readonly string[] Versions = ["1.0", "0x1F", "1e3", "null", "true", "0o7", "-", "+1", ".5", "2026-01-01", "1_000", "v1.0+build.7"];
    private static readonly string[] ChaincodeNames = ["asset", "Asset_1-x", "null", "True", "0x10", "1e3", "007", "NaN"];
    private static readonly string[] CollectionNames = ["prices", "-", "A_b-c", "1e3", "null", "0"];
    private static readonly string[] Images = ["asset", "a/b:1.0", "registry.example:5000/a/b-c__d:V_1", "localhost/x@sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"];

    /// <summary>A valid specification of a new network.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="placed">Whether it may name clusters and brought CAs, which a service has to know.</param>
    public static NetworkSpec Next(Random random, bool placed = false)
    {
        var isBft = random.Next(4) == 0;
        var isLine3 = isBft || random.Next(2) == 0;
        var takesEd25519 = isLine3 && random.Next(2) == 0;
        OrganizationSpec[] organizations = [.. Enumerable.Range(1, random.Next(1, 5)).Select(number => Organization(random, number, placed, takesEd25519))];
        ChannelSpec[] channels = [.. Enumerable.Range(1, random.Next(0, 4)).Select(number => Channel(random, number, organizations, isBft || takesEd25519))];
        return new NetworkSpec
        {
            Name = NetworkName.Parse(Pick(random, Words)),
            FabricVersion = FabricVersion.Parse(isLine3 ? "3.1.5" : "2.5.16"),
            Ordering = new OrderingSpec
            {
                Consensus = isBft ? Consensus.Bft : Consensus.Raft,
                Nodes = isBft ? random.Next(4, 8) : random.Next(1, 8),
                Batch = new BatchSpec { Timeout = Duration.Parse(Pick(random, "1ms", "200ms", "2s", "9999999d")), MaxMessages = random.Next(1, int.MaxValue) },
                Ca = Ca(random, placed, takesEd25519 && !isBft),
                Resources = Resources(random),
            },
            Organizations = organizations,
            Channels = channels,
            Chaincodes = channels.Length == 0 ? [] : [.. ChaincodeNames.Take(random.Next(0, 4)).Select(name => Chaincode(random, name, Pick(random, channels), organizations))],
            Exposure = random.Next(2) == 0 ? null : Pick(random, Enum.GetValues<Exposure>()),
        };
    }

    private static OrganizationSpec Organization(Random random, int number, bool placed, bool takesEd25519)
    {
        var name = OrganizationName.Parse($"{Pick(random, Words)}{number}");
        return new OrganizationSpec
        {
            Name = name,
            MspId = random.Next(2) == 0 ? MspId.Of(name) : MspId.Parse($"{Pick(random, "1", "X.-", "Null", "1e3")}{number}"),
            Peers = random.Next(1, 5),
            StateDatabase = Pick(random, Enum.GetValues<StateDatabase>()),
            Ca = Ca(random, placed, takesEd25519),
            Resources = Resources(random),
            Cluster = placed && random.Next(2) == 0 ? ClusterName.Parse(Pick(random, Words)) : null,
        };
    }

    private static CaSpec Ca(Random random, bool placed, bool takesEd25519) => new()
    {
        Algorithm = Pick(random, [.. Enum.GetValues<KeyAlgorithm>().Where(algorithm => takesEd25519 || algorithm != KeyAlgorithm.Ed25519)]),
        Validity = Duration.Parse(Pick(random, "1ms", "24h", "365d")),
        SigningIssuer = placed && random.Next(2) == 0 ? CaName.Parse(Pick(random, Words)) : null,
    };

    private static NodeResources Resources(Random random) => new()
    {
        Cpu = Pick(random, "1", "0.5", ".5", "1n", "1e0", "100m"),
        CpuLimit = Pick(random, "2", "2000m", "1E", "3e1"),
        Memory = Pick(random, "1", "256Mi", "1e6"),
        MemoryLimit = Pick(random, "1Gi", "4e9", "1Ei"),
        Storage = Pick(random, "1", "10Gi", "0.5Ti"),
        StorageClass = random.Next(3) == 0 ? Pick(random, "null", "1.5", "fast-ssd") : null,
    };

    private static ChannelSpec Channel(Random random, int number, OrganizationSpec[] organizations, bool needsLevel3)
    {
        OrganizationSpec[] members = [.. organizations.Where(_ => random.Next(2) == 0).DefaultIfEmpty(organizations[0])];
        return new ChannelSpec
        {
            Name = ChannelName.Parse(Pick(random, "main", "null", "e1", "a.b-") + number),
            Organizations = [.. members.Select(member => member.Name)],
            Policies = new ChannelPolicies
            {
                Readers = Pick(random, "ANY Readers", "ALL  Writers", Signature(random, members, "member")),
                LifecycleEndorsement = Pick(random, "MAJORITY Endorsement", Signature(random, members, "peer")),
            },
            Capabilities = needsLevel3 || random.Next(2) == 0 ? null : new ChannelCapabilities("V2_0", "V2_0", "V2_0"),
        };
    }

    private static ChaincodeSpec Chaincode(Random random, string name, ChannelSpec channel, OrganizationSpec[] organizations)
    {
        OrganizationSpec[] members = [.. organizations.Where(organization => channel.Organizations.Contains(organization.Name))];
        var verify = random.Next(3) > 0 || members.Sum(member => member.Peers) == 0
            ? null
            : new VerifySpec { Function = Pick(random, "Create", "asset:Create", "1"), Args = [Pick(random, "", "10", "null", "a b\n")], Query = random.Next(2) == 0 ? null : new VerifyQuerySpec { Function = "Read" } };
        return new ChaincodeSpec
        {
            Name = ChaincodeName.Parse(name),
            Channel = channel.Name,
            Version = ChaincodeVersion.Parse(Pick(random, Versions)),
            Image = Pick(random, Images),
            Verify = verify,
            InitRequired = verify is null && random.Next(2) == 0,
            EndorsementPolicy = Pick(random, null, "/Channel/Application/Endorsement", Signature(random, members, "peer")),
            Collections = [.. CollectionNames.Take(random.Next(0, 3)).Select(collection => Collection(random, collection, members))],
        };
    }

    private static CollectionSpec Collection(Random random, string name, OrganizationSpec[] members)
    {
        var others = members.Sum(member => member.Peers) - 1;
        return new CollectionSpec
        {
            Name = CollectionName.Parse(name),
            Policy = $"OR({string.Join(", ", members.Select(member => $"'{member.MspId}.member'"))})",
            RequiredPeerCount = random.Next(0, others + 1),
            MaxPeerCount = others + random.Next(0, 5),
            BlockToLive = random.NextInt64(0, 1L << 53),
        };
    }

    private static string Signature(Random random, OrganizationSpec[] members, string role)
    {
        var blank = Pick(random, "", " ", "\n", "\t", "\r\n  ");
        var principals = members.Select(member => $"{blank}'{member.MspId}.{role}'{blank}");
        return $"{Pick(random, "OR(", "AND(", "OutOf(1,")}{string.Join(',', principals)}){blank}";
    }

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
