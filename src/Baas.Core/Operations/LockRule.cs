using Baas.Core.Networks;

namespace Baas.Core.Operations;

/// <summary>How operations of a kind take their network.</summary>
/// <param name="From">The states in which they may.</param>
/// <param name="Meanwhile">The network's state while they run; null when it stays as it was.</param>
/// <param name="FailsNetwork">Whether the network counts as failed when their workflow ends without writing what became of it.</param>
internal sealed record LockRule(IReadOnlyList<NetworkState> From, NetworkState? Meanwhile, bool FailsNetwork)
{
    /// <summary>Of what looks after a network that is ready, which stays so when that fails, too.</summary>
    public static LockRule Maintenance { get; } = new([NetworkState.Ready], null, FailsNetwork: false);

    /// <summary>Of what makes or deletes a network, in whatever state it is.</summary>
    /// <param name="meanwhile">The network's state while it runs.</param>
    public static LockRule Whole(NetworkState meanwhile) => new(Enum.GetValues<NetworkState>(), meanwhile, FailsNetwork: true);
}
