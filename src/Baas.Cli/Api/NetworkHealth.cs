namespace Baas.Cli.Api;

/// <summary>The health of a network as the CLI shows it.</summary>
internal sealed record NetworkHealth
{
    public required string Network { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public int FiringAlerts { get; init; }

    public int? CertificateDays { get; init; }

    public DateTimeOffset? LastBackup { get; init; }

    public string? Operation { get; init; }

    public IReadOnlyList<ChannelHealth> Channels { get; init; } = [];

    public IReadOnlyList<NodeHealth> Nodes { get; init; } = [];

    /// <summary>Something that is not as it should be.</summary>
    internal sealed record Finding(string Code, string State, string Subject, string Detail);

    /// <summary>A channel.</summary>
    internal sealed record ChannelHealth(string Channel, string State, ulong? Height, string? Leader, int Orderers, int ActiveOrderers, int Quorum);

    /// <summary>A node.</summary>
    internal sealed record NodeHealth
    {
        public required string Organization { get; init; }

        public required string Node { get; init; }

        public required string Role { get; init; }

        public required string State { get; init; }

        public required DateTimeOffset Since { get; init; }

        public bool? IsReady { get; init; }

        public int? Restarts { get; init; }

        public int? VolumePercent { get; init; }

        public int? CertificateDays { get; init; }

        public IReadOnlyList<NodeChannel> Channels { get; init; } = [];
    }

    /// <summary>How far a node is on one channel.</summary>
    internal sealed record NodeChannel(string Channel, ulong? Height, ulong? Behind, bool? IsLeader);
}
