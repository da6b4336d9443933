namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>The tables. Times are UTC ticks; states and kinds are their numbers, so their enumerations only grow at the end.</summary>
internal static class JournalSchema
{
    /// <summary>Makes what is absent.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS instances (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            root TEXT NOT NULL,
            workflow TEXT NOT NULL,
            subject TEXT NOT NULL,
            input TEXT NOT NULL,
            compensating INTEGER NOT NULL,
            trace_parent TEXT,
            created_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            ended_at INTEGER,
            canceled_sequence INTEGER NOT NULL,
            canceled_at INTEGER,
            message TEXT,
            failure TEXT,
            result TEXT,
            revision INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS instances_by_root ON instances (root);
        CREATE INDEX IF NOT EXISTS roots_unfinished ON instances (key) WHERE ended_at IS NULL AND id = root;
        CREATE TABLE IF NOT EXISTS calls (
            instance INTEGER NOT NULL,
            position INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            name TEXT NOT NULL,
            subject TEXT NOT NULL,
            input_hash TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            next_attempt_at INTEGER,
            error_step TEXT,
            error_subject TEXT,
            error_code TEXT,
            error_message TEXT,
            output TEXT,
            sequence INTEGER NOT NULL,
            ended_at INTEGER,
            PRIMARY KEY (instance, position)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS events (
            number INTEGER PRIMARY KEY,
            instance INTEGER NOT NULL,
            name TEXT NOT NULL,
            payload TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS events_by_instance ON events (instance);
        """;
}
