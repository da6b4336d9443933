using System.Threading.Channels;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>The last changes, and those who follow them. Publishing never waits for a follower.</summary>
internal sealed class ChangeHistory(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<ObjectChange> _changes = new();
    private readonly List<ChangeFollower> _followers = [];
    private long _before = 1;

    /// <summary>Begins after the given revision, without anything to look back to.</summary>
    public void StartAt(long revision) => _before = revision;

    /// <summary>Hands one change on. Callers keep the order of revisions.</summary>
    public void Publish(ObjectChange change)
    {
        lock (_gate)
        {
            _changes.Enqueue(change);
            if (_changes.Count > limit)
            {
                _before = _changes.Dequeue().Revision;
            }

            foreach (var follower in _followers)
            {
                follower.Offer(change);
            }
        }
    }

    /// <summary>Follows the changes after a revision.</summary>
    /// <param name="kind">One kind; null for all.</param>
    /// <param name="after">The revision that the caller knows.</param>
    /// <param name="backlog">How many changes the follower may lag behind before it is ended; null for any number.</param>
    /// <exception cref="StatusException">410: the changes since then are no longer known.</exception>
    public ChangeFollower Follow(ObjectKind? kind, long after, int? backlog)
    {
        var channel = backlog is { } bound
            ? Channel.CreateBounded<ObjectChange>(new BoundedChannelOptions(bound) { SingleReader = true })
            : Channel.CreateUnbounded<ObjectChange>(new UnboundedChannelOptions { SingleReader = true });
        var follower = new ChangeFollower(kind, channel, Remove);
        lock (_gate)
        {
            if (after < _before)
            {
                throw Failures.Gone(_before);
            }

            foreach (var change in _changes.Where(change => change.Revision > after))
            {
                follower.Offer(change);
            }

            _followers.Add(follower);
        }

        return follower;
    }

    /// <summary>Ends all followers.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _followers.ForEach(follower => follower.End());
            _followers.Clear();
        }
    }

    private void Remove(ChangeFollower follower)
    {
        lock (_gate)
        {
            _followers.Remove(follower);
        }
    }
}
