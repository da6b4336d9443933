using System.Text.Json;

namespace Baas.Core.Fabric.Gateway.Events;

/// <summary>A checkpoint in a file. It is replaced as a whole, so that it always holds one position: the last, or the one before.</summary>
public sealed class FileCheckpoint : ICheckpoint
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly string _path;

    private FileCheckpoint(string path, EventStart? position) => (_path, Position) = (path, position);

    /// <inheritdoc/>
    public EventStart? Position { get; private set; }

    /// <summary>Opens the file, which need not be there yet.</summary>
    /// <exception cref="FormatException">The file is no checkpoint.</exception>
    public static async Task<FileCheckpoint> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return new FileCheckpoint(path, await JsonSerializer.DeserializeAsync<EventStart>(file, Options, cancellationToken));
        }
        catch (FileNotFoundException)
        {
            return new FileCheckpoint(path, null);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"\"{path}\" is no checkpoint: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public Task BlockAsync(ulong number, CancellationToken cancellationToken) => WriteAsync(new EventStart(number + 1), cancellationToken);

    /// <inheritdoc/>
    public Task TransactionAsync(ulong block, string transactionId, CancellationToken cancellationToken) => WriteAsync(new EventStart(block, transactionId), cancellationToken);

    private async Task WriteAsync(EventStart position, CancellationToken cancellationToken)
    {
        var next = _path + ".next";
        await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(file, position, Options, cancellationToken);
            await file.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Move(next, _path, overwrite: true);
        Position = position;
    }
}
