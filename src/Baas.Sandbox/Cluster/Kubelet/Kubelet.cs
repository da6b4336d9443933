using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Baas.Core;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Runs the pods of the cluster's only node.</summary>
internal sealed class Kubelet : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new();
    private readonly ConcurrentDictionary<string, Task> _removals = new();
    private readonly KubeletContext _context;
    private readonly WorkQueue<string> _renewals;
    private IDisposable? _subscription;
    private bool _isStopping;

    /// <summary>Makes the kubelet; <see cref="Start"/> begins.</summary>
    public Kubelet(KubeletContext context)
    {
        _context = context;
        _renewals = new WorkQueue<string>(Renew, (uid, failure) => Log.PodFailed(context.Logger, uid, failure), context.Clock);
    }

    /// <summary>Takes over the pods that are there, then follows changes. When it returns, no pod is said to be ready that is not.</summary>
    public void Start()
    {
        NodeObject.Register(_context);
        var pods = _context.Store.List(ClusterKinds.Pods);
        RemoveStrayFolders([.. pods.Select(pod => pod.Uid)]);
        foreach (var pod in pods.Where(pod => !PodStates.IsFinished(pod) && !pod.IsDeleting && pod.At("status", "containerStatuses") is not null))
        {
            using var interrupted = new PodWorker(_context, pod);
            if (pod.Text("spec", "nodeName") is not null)
            {
                interrupted.ReportInterrupted();
            }
        }

        _context.Network.Released += WakeAll;
        _subscription = _context.Store.Subscribe(null, OnChange, withExisting: true);
    }

    /// <summary>Ends all programs at the same time. The pods stay in the store and are started again next time.</summary>
    /// <param name="grace">The longest time that a program gets.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        _isStopping = true;
        _subscription?.Dispose();
        _context.Network.Released -= WakeAll;
        foreach (var worker in _workers.Values)
        {
            worker.End(grace);
        }

        await Task.WhenAll(_workers.Values.Select(worker => worker.Completion));
        await Task.WhenAll(_removals.Values);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await _renewals.DisposeAsync();
        foreach (var worker in _workers.Values)
        {
            worker.Dispose();
        }
    }

    private void OnChange(ObjectChange change)
    {
        if (change.Key.Kind == ClusterKinds.Pods)
        {
            OnPod(change);
        }
        else if (change.Key.Kind == ClusterKinds.Secrets || change.Key.Kind == ClusterKinds.ConfigMaps || change.Key.Kind == ClusterKinds.PersistentVolumeClaims)
        {
            OnReferred(change);
        }
    }

    private void OnPod(ObjectChange change)
    {
        var pod = change.Object;
        if (change.Type is ChangeType.Deleted)
        {
            if (_workers.TryGetValue(pod.Uid, out var gone))
            {
                gone.End(TimeSpan.Zero);
                Remove(gone, pod);
            }
        }
        else if (_workers.TryGetValue(pod.Uid, out var worker))
        {
            worker.Update(pod);
            if (pod.IsDeleting)
            {
                Remove(worker, pod);
            }
        }
        else if (!_isStopping)
        {
            var added = new PodWorker(_context, pod);
            _workers[pod.Uid] = added;
            if (pod.IsDeleting)
            {
                Remove(added, pod);
            }
            else if (!PodStates.IsFinished(pod))
            {
                added.Start();
            }
        }
    }

    private void OnReferred(ObjectChange change)
    {
        foreach (var worker in _workers.Values.Where(worker => worker.Pod.Namespace == change.Key.Namespace))
        {
            worker.Wake();
            if (change.Key.Kind != ClusterKinds.PersistentVolumeClaims && change.Type is ChangeType.Modified && PodVolumes.Uses(worker.Pod, change.Key))
            {
                _renewals.Add(worker.Pod.Uid);
            }
        }
    }

    private TimeSpan? Renew(string uid)
    {
        if (_workers.TryGetValue(uid, out var worker) && !worker.Pod.IsDeleting && worker.Pod.Text("status", "podIP") is not null)
        {
            worker.RenewVolumes();
        }

        return null;
    }

    private void WakeAll()
    {
        foreach (var worker in _workers.Values)
        {
            worker.Wake();
        }
    }

    // One removal a pod, however often its deletion is told.
    private void Remove(PodWorker worker, JsonObject pod) => _removals.GetOrAdd(pod.Uid, _ => Task.Run(() => RemoveAsync(worker, pod)));

    // The object goes last: who sees it gone finds no program, no folder and no address of it.
    private async Task RemoveAsync(PodWorker worker, JsonObject pod)
    {
        await worker.Completion;
        _context.Logs.Forget(pod.Uid);
        await RemoveFolderAsync(pod);
        _context.Network.ReleasePod(pod.Uid);
        try
        {
            Removals.Discard(_context.Store, new ObjectKey(ClusterKinds.Pods, pod.Namespace, pod.Name), pod.Uid, graceSeconds: 0);
        }
        catch (BaasException failure)
        {
            Log.PodFailed(_context.Logger, pod.Name, failure);
        }

        _workers.TryRemove(pod.Uid, out _);
        _removals.TryRemove(pod.Uid, out _);
    }

    // A program that was killed may still write for a moment. What is left after that goes when the sandbox starts the next time.
    private async Task RemoveFolderAsync(JsonObject pod)
    {
        const int Attempts = 5;
        var folder = _context.FolderOf(pod.Uid);
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                if (attempt == Attempts)
                {
                    Log.PodFailed(_context.Logger, pod.Name, failure);
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt), CancellationToken.None);
            }
        }
    }

    // Folders of pods that were removed while no sandbox ran, or while it was killed.
    private void RemoveStrayFolders(HashSet<string> uids)
    {
        Directory.CreateDirectory(_context.PodsFolder);
        foreach (var folder in Directory.EnumerateDirectories(_context.PodsFolder).Where(folder => !uids.Contains(Path.GetFileName(folder))))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
