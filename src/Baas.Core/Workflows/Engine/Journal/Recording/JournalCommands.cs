using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Data.Sqlite;

namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>The prepared statements of the writer.</summary>
[SuppressMessage("Reliability", "CA2213", Justification = "Disposed as members of the list of all.")]
internal sealed class JournalCommands : IDisposable
{
    private readonly SqliteCommand _addInstance;
    private readonly SqliteCommand _updateInstance;
    private readonly SqliteCommand _putCall;
    private readonly SqliteCommand _addEvent;
    private readonly SqliteCommand _removeEvent;
    private readonly SqliteCommand _purge;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _full;
    private readonly SqliteCommand _normal;
    private readonly List<SqliteCommand> _all = [];

    public JournalCommands(SqliteConnection connection)
    {
        _addInstance = Make(
            connection,
            """
            INSERT OR IGNORE INTO instances (key, id, root, workflow, subject, input, compensating, trace_parent, created_at, state, ended_at, canceled_sequence, canceled_at, message, failure, result, revision)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, 0, NULL, NULL, NULL, NULL, 0)
            """,
            10);
        _updateInstance = Make(
            connection,
            "UPDATE instances SET state = $1, ended_at = $2, canceled_sequence = $3, canceled_at = $4, message = $5, failure = $6, result = $7, revision = $8 WHERE key = $0",
            9);
        _putCall = Make(
            connection,
            "INSERT OR REPLACE INTO calls VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            17);
        _addEvent = Make(connection, "INSERT INTO events (number, instance, name, payload) VALUES ($0, $1, $2, $3)", 4);
        _removeEvent = Make(connection, "DELETE FROM events WHERE number = $0", 1);
        _purge = Make(
            connection,
            """
            DELETE FROM events WHERE instance IN (SELECT key FROM instances WHERE root = $0);
            DELETE FROM calls WHERE instance IN (SELECT key FROM instances WHERE root = $0);
            DELETE FROM instances WHERE root = $0;
            """,
            1);
        _begin = Make(connection, "BEGIN IMMEDIATE", 0);
        _commit = Make(connection, "COMMIT", 0);
        _rollback = Make(connection, "ROLLBACK", 0);
        _full = Make(connection, "PRAGMA synchronous = FULL", 0);
        _normal = Make(connection, "PRAGMA synchronous = NORMAL", 0);
    }

    public void Begin() => Run(_begin);

    public void Commit() => Run(_commit);

    public void Rollback() => Run(_rollback);

    /// <summary>Whether commits wait for the disk. Only between transactions.</summary>
    public void WaitForDisk(bool wait) => Run(wait ? _full : _normal);

    /// <summary>Adds an instance.</summary>
    /// <returns>False when its id is known already.</returns>
    public bool AddInstance(InstanceRow row) =>
        Run(_addInstance, row.Key, row.Id, row.Root, row.Workflow, row.Subject, row.Input, row.IsCompensating, row.TraceParent, row.CreatedAt.UtcTicks, (int)row.State) > 0;

    /// <summary>Writes what can change of an instance.</summary>
    public void UpdateInstance(InstanceRow row) => Run(
        _updateInstance,
        row.Key,
        (int)row.State,
        row.EndedAt?.UtcTicks,
        row.CanceledSequence,
        row.CanceledAt?.UtcTicks,
        row.Message,
        row.Failure is null ? null : JsonSerializer.Serialize(row.Failure, DurableJson.Options),
        row.Result,
        row.Revision);

    /// <summary>Writes a call, new or changed.</summary>
    public void PutCall(CallRow row) => Run(
        _putCall,
        row.Instance,
        row.Position,
        (int)row.Kind,
        row.Name,
        row.Subject,
        row.InputHash,
        row.StartedAt.UtcTicks,
        (int)row.State,
        row.Failures,
        row.NextAttemptAt?.UtcTicks,
        row.ErrorStep,
        row.ErrorSubject,
        row.ErrorCode,
        row.ErrorMessage,
        row.Output,
        row.Sequence,
        row.EndedAt?.UtcTicks);

    /// <summary>Adds an event.</summary>
    public void AddEvent(EventRow row) => Run(_addEvent, row.Number, row.Instance, row.Name, row.Payload);

    /// <summary>Removes an event that a call has taken.</summary>
    public void RemoveEvent(EventRow row) => Run(_removeEvent, row.Number);

    /// <summary>Removes a root with its children and all that belongs to them.</summary>
    public void Purge(string root) => Run(_purge, root);

    /// <inheritdoc/>
    public void Dispose() => _all.ForEach(command => command.Dispose());

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    private SqliteCommand Make(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants of this class come here
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var index = 0; index < parameters; index++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${index}" });
        }

        _all.Add(command);
        return command;
    }
}
