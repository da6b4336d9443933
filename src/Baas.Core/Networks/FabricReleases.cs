namespace Baas.Core.Networks;

/// <summary>The lines of Fabric releases that this system knows. All that depends on a version stands here.</summary>
/// <remarks>
/// Levels below V2_0 are left out on purpose: the chaincode lifecycle that Baas uses needs application V2_0
/// (common/capabilities/application.go), and a new channel has no older nodes to care for.
/// </remarks>
public static class FabricReleases
{
    /// <summary>The channel capability that BFT consensus and Ed25519 identities need (common/capabilities/channel.go).</summary>
    public const string ChannelLevel3 = "V3_0";

    private static readonly Version FirstWithRenewedBft = new(3, 1, 2);

    /// <summary>All known lines, oldest first.</summary>
    public static IReadOnlyList<FabricRelease> All { get; } =
    [
        new()
        {
            Line = "2.2",
            Latest = FabricVersion.Parse("2.2.20"),
            IsProvisioned = false,
            DefaultCapabilities = new("V2_0", "V2_0", "V2_0"),
            ChannelLevels = ["V2_0"],
            OrdererLevels = ["V2_0"],
            ApplicationLevels = ["V2_0"],
            Consensus = [Networks.Consensus.Raft],
        },
        new()
        {
            Line = "2.5",
            Latest = FabricVersion.Parse("2.5.16"),
            IsProvisioned = true,
            DefaultCapabilities = new("V2_0", "V2_0", "V2_5"),
            ChannelLevels = ["V2_0"],
            OrdererLevels = ["V2_0"],
            ApplicationLevels = ["V2_0", "V2_5"],
            Consensus = [Networks.Consensus.Raft],
        },
        new()
        {
            Line = "3.1",
            Latest = FabricVersion.Parse("3.1.5"),
            IsProvisioned = true,

            // Fabric names 2.5 as the version from which nodes go to 3.x (docs/source/upgrade_to_newest_version.md).
            UpgradesFrom = ["2.5"],
            DefaultCapabilities = new("V3_0", "V2_0", "V2_5"),
            ChannelLevels = ["V2_0", "V3_0"],
            OrdererLevels = ["V2_0"],
            ApplicationLevels = ["V2_0", "V2_5"],
            Consensus = [Networks.Consensus.Raft, Networks.Consensus.Bft],
        },
    ];

    /// <summary>The line to which <paramref name="version"/> belongs, or null when it is not known.</summary>
    /// <param name="version">A version.</param>
    public static FabricRelease? Find(FabricVersion version) => All.FirstOrDefault(release => release.Line == version.Line);

    /// <summary>
    /// Whether orderers of a version know each other after a signing certificate was renewed for the same key. Before 3.1.2 those of BFT compare
    /// the whole certificate with the one in the channel's configuration.
    /// </summary>
    public static bool KnowsRenewedOrderers(Consensus consensus, FabricVersion version) =>
        consensus != Consensus.Bft || Version.Parse(version.Value) >= FirstWithRenewedBft;

    /// <summary>The capabilities of a channel: its own, or the defaults of its Fabric version.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="version">The version of the network's nodes.</param>
    /// <exception cref="ArgumentException">The version is not known, which validation would have said.</exception>
    public static ChannelCapabilities CapabilitiesOf(ChannelSpec channel, FabricVersion version) =>
        channel.Capabilities ?? Find(version)?.DefaultCapabilities ?? throw new ArgumentException($"Fabric {version} is not known", nameof(version));
}
