using System.Collections.Concurrent;
using System.Globalization;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>The logs of all containers: a folder each, with a file for the newest and one for the run before.</summary>
/// <param name="folder">Gives the folder of a pod by its uid.</param>
/// <param name="cap">The size of a log's file, in bytes.</param>
/// <param name="clock">The time of the lines.</param>
internal sealed class PodLogs(Func<string, string> folder, long cap, TimeProvider clock) : IPodLogs
{
    private const string Extension = ".log";

    private readonly ConcurrentDictionary<(string Uid, string Container), ContainerLog> _current = new();

    /// <summary>Begins the log of a container's next run.</summary>
    public ContainerLog Open(string uid, string container)
    {
        var runs = RunsOf(uid, container);
        foreach (var outdated in runs.SkipLast(1))
        {
            File.Delete(PathOf(uid, container, outdated));
            File.Delete(PathOf(uid, container, outdated) + ".older");
        }

        var log = new ContainerLog(PathOf(uid, container, runs.Count == 0 ? 1 : runs[^1] + 1), cap, clock);
        _current[(uid, container)] = log;
        return log;
    }

    /// <summary>Forgets a pod; its folder goes with the pod.</summary>
    public void Forget(string uid)
    {
        foreach (var key in _current.Keys.Where(key => key.Uid == uid))
        {
            if (_current.TryRemove(key, out var log))
            {
                log.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string>? Read(LogRequest request, CancellationToken cancellationToken)
    {
        var current = _current.GetValueOrDefault((request.PodUid, request.Container));
        if (!request.Previous && current is not null)
        {
            return current.ReadAsync(request, cancellationToken);
        }

        // A running container that has printed nothing has no file yet.
        var runs = RunsOf(request.PodUid, request.Container).Where(run => current is null || PathOf(request.PodUid, request.Container, run) != current.FilePath).ToList();
        var index = request.Previous && current is null ? runs.Count - 2 : runs.Count - 1;
        return index < 0
            ? null
            : new ContainerLog(PathOf(request.PodUid, request.Container, runs[index]), cap, clock, isEnded: true).ReadAsync(request, cancellationToken);
    }

    private string FolderOf(string uid, string container) => Path.Combine(folder(uid), "logs", container);

    private string PathOf(string uid, string container, int run) =>
        Path.Combine(FolderOf(uid, container), run.ToString(CultureInfo.InvariantCulture) + Extension);

    private List<int> RunsOf(string uid, string container)
    {
        var place = FolderOf(uid, container);
        return !Directory.Exists(place) ? [] :
        [
            .. Directory.EnumerateFiles(place)
                .Select(path => Path.GetFileName(path).Split('.')[0])
                .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var run) ? run : 0)
                .Where(run => run > 0).Distinct().Order(),
        ];
    }
}
