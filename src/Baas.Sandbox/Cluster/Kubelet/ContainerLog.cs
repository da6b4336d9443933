using System.Globalization;
using System.Text;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>
/// What one run of a container prints: a file of lines with their time. At its size cap the file becomes the older one of two,
/// so that the newest lines are always there.
/// </summary>
internal sealed class ContainerLog : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly long _cap;
    private readonly string _path;
    private FileStream? _file;
    private long _written;
    private long _lines;
    private TaskCompletionSource _changed = New();
    private bool _isClosed;

    /// <summary>Opens the log of a run; the file is made with the first line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cap">The size at which the file becomes the older one, in bytes.</param>
    /// <param name="clock">The time of the lines.</param>
    /// <param name="isEnded">Whether the run has ended already: an earlier process wrote the file.</param>
    public ContainerLog(string path, long cap, TimeProvider clock, bool isEnded = false) => (_path, _cap, _clock, _isClosed) = (path, cap, clock, isEnded);

    /// <summary>The newer of its two files.</summary>
    public string FilePath => _path;

    private string OlderPath => _path + ".older";

    /// <summary>Adds a line. After the container's end lines are dropped.</summary>
    public void Write(string line)
    {
        var text = $"{_clock.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {line.ReplaceLineEndings(" ")}\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _file ??= Open();
            _file.Write(bytes);
            _written += bytes.Length;
            _lines++;
            if (_written >= _cap)
            {
                _file.Dispose();
                _file = null;
                File.Move(_path, OlderPath, overwrite: true);
            }

            Signal();
        }
    }

    /// <summary>The lines as <paramref name="request"/> wants them.</summary>
    public async IAsyncEnumerable<string> ReadAsync(LogRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (lines, seen, changed) = Snapshot();
        var first = request.Tail is { } tail ? Math.Max(0, lines.Count - tail) : 0;
        for (var at = first; at < lines.Count; at++)
        {
            if (Shown(lines[at], request) is { } line)
            {
                yield return line;
            }
        }

        while (request.Follow && changed is not null)
        {
            await changed.WaitAsync(cancellationToken);
            (lines, var now, changed) = Snapshot();
            var added = (int)Math.Min(lines.Count, now - seen);
            seen = now;
            foreach (var line in lines.Skip(lines.Count - added).Select(line => Shown(line, request)).OfType<string>())
            {
                yield return line;
            }
        }
    }

    /// <summary>The last lines, without their times; empty when there are none.</summary>
    public string Last(int lines) => string.Join('\n', Snapshot().Lines.TakeLast(lines).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));

    /// <summary>The container ended: followers get the rest and are done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _file?.Dispose();
            _file = null;
            Signal();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string? Shown(string line, LogRequest request)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (request.Since is { } since && DateTimeOffset.TryParse(line[..space], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var printed) && printed < since)
        {
            return null;
        }

        return request.Timestamps ? line : line[(space + 1)..];
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // the path is a file's
        _written = 0;
        return new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = New();
        changed.TrySetResult();
    }

    // The lines that are kept, how many were ever written, and what completes with the next one (null after the end).
    private (List<string> Lines, long Seen, Task? Changed) Snapshot()
    {
        lock (_lock)
        {
            List<string> lines = [.. new[] { OlderPath, _path }.Where(File.Exists).SelectMany(ReadLines)];
            return (lines, _lines, _isClosed ? null : _changed.Task);
        }
    }

    private static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
