namespace Baas.Core.Fabric.Gateway;

/// <summary>How long calls may take, fail-over to other peers included. The defaults are those of Fabric's own clients.</summary>
public sealed record GatewayDeadlines
{
    /// <summary>For evaluations. The default is 30 seconds.</summary>
    public TimeSpan Evaluate { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For endorsements. The default is 15 seconds.</summary>
    public TimeSpan Endorse { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For handing a transaction to the orderers. The default is 5 seconds.</summary>
    public TimeSpan Submit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a transaction to be committed. The default is 1 minute.</summary>
    public TimeSpan CommitStatus { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After how long without a commit <see cref="GatewayTransaction.SubmitToEndAsync"/> hands the same transaction to the orderers again; then after half a second more each
    /// time. Orderers take transactions, and lose them, until they notice that their leader is gone. The default is 3 seconds.
    /// </summary>
    public TimeSpan Resubmit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For a look at a transaction that may not be committed. Peers that have it tell at once. The default is 3 seconds.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For how long events try to reach a peer again before they fail. The default is 2 minutes.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromMinutes(2);
}
