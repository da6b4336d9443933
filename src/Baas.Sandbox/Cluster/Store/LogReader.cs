using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Reads a log back into objects.</summary>
internal static class LogReader
{
    /// <summary>What the log says at its end.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <returns>The objects, and how many bytes are whole records: a process that was killed while it wrote leaves half a record at the end, which nobody was told of.</returns>
    /// <exception cref="StatusException">The file is no log, or is of a newer version.</exception>
    public static (StoreState State, long Length) Read(string file, ReadOnlySpan<byte> bytes)
    {
        var state = StoreState.Empty;
        long read = 0;
        while (LogFrame.TryRead(bytes[(int)read..], out var type, out var revision, out var json) is var length and > 0)
        {
            if (read == 0 && type != LogRecordType.Head)
            {
                break;
            }

            state = Apply(state, file, type, revision, json);
            read += length;
        }

        return read > 0 ? (state, read) : throw Failures.Storage($"cannot open file \"{file}\": it is no log of a cluster");
    }

    private static StoreState Apply(StoreState state, string file, LogRecordType type, long revision, ReadOnlySpan<byte> json)
    {
        if (type == LogRecordType.Head)
        {
            return state.At(revision);
        }

        if (type is not (LogRecordType.Put or LogRecordType.Delete))
        {
            throw Failures.Storage($"cannot open file \"{file}\": a newer version has written it");
        }

        try
        {
            var read = (JsonObject)ObjectJson.Read(json)!; // the checksum held, so it is what was written
            var kind = ClusterKinds.Find(read.Text("apiVersion"), read.Text("kind"))
                ?? throw Failures.Storage($"cannot open file \"{file}\": it has objects of the unknown kind {read.Text("kind")}");
            var key = new ObjectKey(kind, read.Namespace, read.Name);
            return type == LogRecordType.Delete ? state.Without(key, revision) : state.With(new StoredObject(key, read, json.ToArray(), revision));
        }
        catch (JsonException failure)
        {
            throw Failures.Storage($"cannot open file \"{file}\": {failure.Message}");
        }
    }
}
