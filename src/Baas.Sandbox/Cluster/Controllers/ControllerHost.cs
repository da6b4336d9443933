using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.Extensions.Logging;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Feeds the controllers with the changes of the store.</summary>
internal sealed class ControllerHost : IAsyncDisposable
{
    private readonly List<(IController Controller, WorkQueue<ObjectKey> Queue)> _controllers = [];
    private readonly IDisposable _subscription;

    /// <summary>Starts the controllers; each looks at every object of its kind once, then at what changes.</summary>
    public ControllerHost(ObjectStore store, IEnumerable<IController> controllers, TimeProvider clock, ILogger logger)
    {
        foreach (var controller in controllers)
        {
            var queue = new WorkQueue<ObjectKey>(controller.Reconcile, (key, failure) => Report(logger, key, failure), clock);
            _controllers.Add((controller, queue));
        }

        _subscription = store.Subscribe(null, OnChange);
        foreach (var (controller, queue) in _controllers)
        {
            foreach (var existing in store.List(controller.Kind, null))
            {
                queue.Add(new ObjectKey(controller.Kind, existing.Namespace, existing.Name));
            }
        }
    }

    /// <summary>Completes when no controller works any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        foreach (var (_, queue) in _controllers)
        {
            await queue.DisposeAsync();
        }
    }

    // Refusals (a conflict, a namespace that goes, a quota) are everyday life and in the objects' events; the rest is a fault.
    private static void Report(ILogger logger, ObjectKey key, Exception failure)
    {
        if (failure is not StatusException)
        {
            Log.ReconcileFailed(logger, key.ToString(), failure);
        }
    }

    private void OnChange(ObjectChange change)
    {
        foreach (var (controller, queue) in _controllers)
        {
            foreach (var key in controller.Concerned(change))
            {
                queue.Add(key);
            }
        }
    }
}
