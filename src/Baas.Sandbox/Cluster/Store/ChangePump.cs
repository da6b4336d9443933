namespace Baas.Sandbox.Cluster.Store;

/// <summary>Calls a subscriber, one change after the other, on a thread of its own turn.</summary>
internal sealed class ChangePump : IDisposable
{
    private readonly ChangeFollower _follower;

    private ChangePump(ChangeFollower follower) => _follower = follower;

    /// <summary>Starts to call.</summary>
    /// <param name="existing">Told first, as added.</param>
    /// <param name="follower">The changes after that.</param>
    /// <param name="onChange">The subscriber.</param>
    /// <param name="fault">Told what the subscriber throws; it is called on with the next change.</param>
    public static ChangePump Start(IReadOnlyList<StoredObject> existing, ChangeFollower follower, Action<ObjectChange> onChange, Action<Exception> fault)
    {
        var pump = new ChangePump(follower);
        _ = Task.Run(() => pump.RunAsync(existing, onChange, fault));
        return pump;
    }

    /// <inheritdoc/>
    public void Dispose() => _follower.Dispose();

    private async Task RunAsync(IReadOnlyList<StoredObject> existing, Action<ObjectChange> onChange, Action<Exception> fault)
    {
        foreach (var stored in existing)
        {
            Call(new ObjectChange(ChangeType.Added, stored.Key, stored.Object, stored.Revision) { Stored = stored }, onChange, fault);
        }

        await foreach (var change in _follower.Changes.ReadAllAsync())
        {
            Call(change, onChange, fault);
        }
    }

    private static void Call(ObjectChange change, Action<ObjectChange> onChange, Action<Exception> fault)
    {
        try
        {
            onChange(change);
        }
        catch (Exception failure) // border: one subscriber's bug must not end the cluster for the others
        {
            fault(failure);
        }
    }
}
