using System.Threading.Channels;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Receives changes in order until it is disposed, the store closes, or it has lagged too far behind.</summary>
internal sealed class ChangeFollower(ObjectKind? kind, Channel<ObjectChange> channel, Action<ChangeFollower> remove) : IDisposable
{
    /// <summary>The changes; completes when there will be no more.</summary>
    public ChannelReader<ObjectChange> Changes => channel.Reader;

    /// <summary>Hands a change over if it is of the followed kind.</summary>
    public void Offer(ObjectChange change)
    {
        if ((kind is null || change.Key.Kind == kind) && !channel.Writer.TryWrite(change))
        {
            End();
        }
    }

    /// <summary>No more changes will come.</summary>
    public void End() => channel.Writer.TryComplete();

    /// <inheritdoc/>
    public void Dispose()
    {
        remove(this);
        End();
    }
}
