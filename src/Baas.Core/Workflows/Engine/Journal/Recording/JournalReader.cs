using System.Text.Json;
using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Data.Sqlite;

namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>Reads histories, each call on a connection of its own beside the writer.</summary>
internal sealed class JournalReader(JournalFile file)
{
    private const string InstanceColumns =
        "key, id, root, workflow, subject, input, compensating, trace_parent, created_at, state, ended_at, canceled_sequence, canceled_at, message, failure, result, revision";

    /// <summary>The ids of the roots that have not ended, oldest first.</summary>
    public IReadOnlyList<string> UnfinishedRoots() =>
        Query("SELECT id FROM instances WHERE ended_at IS NULL AND id = root ORDER BY key", row => row.GetString(0));

    /// <summary>The largest key of an instance and number of an event that are in the file; 0 when there is none.</summary>
    public (long Instance, long Event) LargestKeys() =>
        (Query("SELECT coalesce(max(key), 0) FROM instances", row => row.GetInt64(0))[0], Query("SELECT coalesce(max(number), 0) FROM events", row => row.GetInt64(0))[0]);

    /// <summary>The root of an instance; null when it is unknown.</summary>
    public string? RootOf(string id) => Query("SELECT root FROM instances WHERE id = $0", row => row.GetString(0), id).FirstOrDefault();

    /// <summary>A root and its children, parents first; none when the root is unknown.</summary>
    public IReadOnlyList<InstanceHistory> Load(string root)
    {
        using var connection = file.OpenReader();
        using var snapshot = connection.BeginTransaction(deferred: true); // so that its reads fit each other
        var rows = Query(connection, $"SELECT {InstanceColumns} FROM instances WHERE root = $0 ORDER BY key", ReadInstance, root);
        return
        [
            .. rows.Select(row => new InstanceHistory(
                row,
                Query(connection, "SELECT * FROM calls WHERE instance = $0 ORDER BY position", ReadCall, row.Key),
                Query(connection, "SELECT number, name, payload FROM events WHERE instance = $0 ORDER BY number", reader => ReadEvent(row.Key, reader), row.Key))),
        ];
    }

    private static InstanceRow ReadInstance(SqliteDataReader row) => new()
    {
        Key = row.GetInt64(0),
        Id = row.GetString(1),
        Root = row.GetString(2),
        Workflow = row.GetString(3),
        Subject = row.GetString(4),
        Input = row.GetString(5),
        IsCompensating = row.GetBoolean(6),
        TraceParent = Text(row, 7),
        CreatedAt = Time(row, 8) ?? default,
        State = (WorkflowState)row.GetInt32(9),
        EndedAt = Time(row, 10),
        CanceledSequence = row.GetInt64(11),
        CanceledAt = Time(row, 12),
        Message = Text(row, 13),
        Failure = Text(row, 14) is { } failure ? JsonSerializer.Deserialize<WorkflowFailure>(failure, DurableJson.Options) : null,
        Result = Text(row, 15),
        Revision = row.GetInt64(16),
    };

    private static CallRow ReadCall(SqliteDataReader row) => new()
    {
        Instance = row.GetInt64(0),
        Position = row.GetInt32(1),
        Kind = (CallKind)row.GetInt32(2),
        Name = row.GetString(3),
        Subject = row.GetString(4),
        InputHash = row.GetString(5),
        StartedAt = Time(row, 6) ?? default,
        State = (WorkflowState)row.GetInt32(7),
        Failures = row.GetInt32(8),
        NextAttemptAt = Time(row, 9),
        ErrorStep = Text(row, 10),
        ErrorSubject = Text(row, 11),
        ErrorCode = Text(row, 12),
        ErrorMessage = Text(row, 13),
        Output = Text(row, 14),
        Sequence = row.GetInt64(15),
        EndedAt = Time(row, 16),
    };

    private static EventRow ReadEvent(long instance, SqliteDataReader row) => new(instance, row.GetInt64(0), row.GetString(1), row.GetString(2));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    private static List<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants of this class come here
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index}", values[index]);
        }

        List<T> rows = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var connection = file.OpenReader();
        return Query(connection, sql, read, values);
    }
}
