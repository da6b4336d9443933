using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baas.Core.Storage.Files;

namespace Baas.Core.Storage.Queues;

/// <summary>
/// Keeps messages as files of one folder, for one process. What was sent, and how often it was handed out, is on the disk when a call returns; who holds a message
/// is known to this process alone, so that what a killed process held is to be had again at once.
/// </summary>
internal sealed class FileWorkQueue : IWorkQueue, IPoisonQueue, IDisposable
{
    private const int IdBytes = 8;
    private const string Extension = ".json";
    private readonly string _folder;
    private readonly string _poison;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1);
    private readonly SortedDictionary<string, Held> _messages = new(StringComparer.Ordinal);

    /// <summary>Opens the queue, which is made when it is absent.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="StorageException">It cannot be read (<c>storage-unavailable</c>).</exception>
    public FileWorkQueue(string folder, TimeProvider clock)
    {
        (_folder, _poison, _clock) = (folder, Path.Combine(folder, "poison"), clock);
        Guard("open", folder, () =>
        {
            DurableFile.CreateFolder(_folder);
            DurableFile.CreateFolder(_poison);
            foreach (var file in Directory.EnumerateFiles(_folder, "*" + Extension))
            {
                var name = Path.GetFileNameWithoutExtension(file);
                _messages.Add(name, new Held(Read(name, File.ReadAllText(file)), DateTimeOffset.MinValue, ""));
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public Task SendAsync(string content, CancellationToken cancellationToken) => AloneAsync("send", now =>
    {
        // Ordinal order of the names is the order in which they were sent.
        var id = $"{now.UtcTicks.ToString("D20", CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))}";
        var message = new StoredMessage(content, 0, now);
        Write(id, message);
        _messages.Add(id, new Held(message, DateTimeOffset.MinValue, ""));
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<WorkMessage?> ReceiveAsync(TimeSpan visibility, CancellationToken cancellationToken) => AloneAsync("receive", now =>
    {
        var (id, held) = _messages.FirstOrDefault(pair => pair.Value.Until <= now);
        if (id is null)
        {
            return null;
        }

        // Counted before it is handed out: a message that ends the process is counted, too.
        var message = held.Message with { Deliveries = held.Message.Deliveries + 1 };
        Write(id, message);
        return Hold(id, message, now + visibility);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<WorkMessage?> ExtendAsync(WorkMessage message, TimeSpan visibility, CancellationToken cancellationToken) => AloneAsync(
        "extend", now => IsHeld(message, now) ? Hold(message.Id, _messages[message.Id].Message, now + visibility) : null, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(WorkMessage message, CancellationToken cancellationToken) => AloneAsync("complete", now =>
    {
        if (!IsHeld(message, now))
        {
            return false;
        }

        File.Delete(PathOf(message.Id));
        FolderFlush.Flush(_folder);
        return _messages.Remove(message.Id);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task PoisonAsync(WorkMessage message, string reason, CancellationToken cancellationToken) => AloneAsync("poison", now =>
    {
        // Under the message's own name: given up twice is the same as once.
        var poison = new PoisonMessage(message.Id, message.Content, reason, message.Deliveries, message.SentAt, now);
        DurableFile.Write(Path.Combine(_poison, message.Id + Extension), StorageJson.Write(poison));
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PoisonMessage>> PeekPoisonAsync(int count, CancellationToken cancellationToken) => AloneAsync<IReadOnlyList<PoisonMessage>>("peek", _ =>
    [
        .. PoisonFiles().Order(StringComparer.Ordinal).Take(count).Select(ReadPoison),
    ], cancellationToken);

    /// <inheritdoc/>
    public Task DeletePoisonAsync(string id, CancellationToken cancellationToken) => AloneAsync("delete a poison", _ =>
    {
        // Found among those that are there: an id from outside is never made a path.
        if (PoisonFiles().FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == id) is { } file)
        {
            File.Delete(file);
            FolderFlush.Flush(_poison);
        }

        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<QueueState> LookAsync(CancellationToken cancellationToken) => AloneAsync(
        "look at", _ => new QueueState(_messages.Count, _messages.Values.FirstOrDefault()?.Message.SentAt, PoisonFiles().Count()), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private WorkMessage Hold(string id, StoredMessage message, DateTimeOffset until)
    {
        var held = _messages[id] = new Held(message, until, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)));
        return new WorkMessage(id, message.Content, message.Deliveries, message.SentAt, held.Receipt);
    }

    private bool IsHeld(WorkMessage message, DateTimeOffset now) =>
        _messages.TryGetValue(message.Id, out var held) && held.Receipt == message.Receipt && held.Until > now;

    // A file that somebody has spoilt is handed out as it is: whoever reads it will give it up, and a person sees it.
    private StoredMessage Read(string name, string text)
    {
        try
        {
            return StorageJson.Read<StoredMessage>(name, Encoding.UTF8.GetBytes(text));
        }
        catch (StorageException failure) when (failure.Code == "blob-damaged")
        {
            return new StoredMessage(text, 0, _clock.GetUtcNow());
        }
    }

    private PoisonMessage ReadPoison(string file)
    {
        var (id, text) = (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
        try
        {
            return StorageJson.Read<PoisonMessage>(id, Encoding.UTF8.GetBytes(text));
        }
        catch (StorageException failure) when (failure.Code == "blob-damaged")
        {
            return new PoisonMessage(id, text, "it was given up, and its record is damaged", 0, File.GetCreationTimeUtc(file), File.GetCreationTimeUtc(file));
        }
    }

    private IEnumerable<string> PoisonFiles() => Directory.EnumerateFiles(_poison, "*" + Extension);

    private void Write(string id, StoredMessage message) => DurableFile.Write(PathOf(id), StorageJson.Write(message));

    private string PathOf(string id) => Path.Combine(_folder, id + Extension);

    private async Task<TResult> AloneAsync<TResult>(string verb, Func<DateTimeOffset, TResult> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return Guard(verb, _folder, () => work(_clock.GetUtcNow()));
        }
        finally
        {
            _one.Release();
        }
    }

    private static TResult Guard<TResult>(string verb, string folder, Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (FileFailures.IsOne(failure))
        {
            throw FileFailures.Of($"{verb} a message of", Path.GetFileName(folder), failure, "queue");
        }
    }

    private sealed record Held(StoredMessage Message, DateTimeOffset Until, string Receipt);

    private sealed record StoredMessage(string Content, int Deliveries, DateTimeOffset SentAt);
}
