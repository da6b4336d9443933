using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>
/// The one thread that writes. It takes all turns that wait into one transaction, so that many workflows share the cost of a
/// commit, and keeps their order.
/// </summary>
/// <remarks>
/// A commit survives a crash of the process in any case, since the file's pages are the system's by then. Surviving a loss of power
/// takes a wait for the disk, and that is done for batches with a durable turn only: see <see cref="Turn.IsDurable"/>. As
/// the order is kept, such a wait covers everything written before.
/// </remarks>
internal sealed class JournalWriter : IDisposable
{
    private readonly BlockingCollection<Turn> _turns = new(new ConcurrentQueue<Turn>());
    private readonly JournalFile _file;
    private readonly JournalOptions _options;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile JournalException? _failure;

    public JournalWriter(JournalFile file, JournalOptions options)
    {
        _file = file;
        _options = options;
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.Start();
    }

    /// <summary>Completes when nothing will be written any more; faults when the file could not be written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Queues a turn. Never blocks.</summary>
    public void Submit(Turn turn)
    {
        if (_failure is { } failure)
        {
            turn.Failed(failure);
            return;
        }

        try
        {
            _turns.Add(turn);
        }
        catch (InvalidOperationException) // no more turns are taken
        {
            turn.Failed(JournalException.Stopping());
        }
    }

    /// <summary>Writes what waits and ends the thread.</summary>
    public async Task CompleteAsync()
    {
        _turns.CompleteAdding();
        await _ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who watches Ended has been told
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private void Run()
    {
        using (var commands = new JournalCommands(_file.Writer))
        {
            WriteAll(commands);
        }

        // Only now: who waits for the end closes the connection, which must not meet its commands being disposed.
        if (_failure is { } failure)
        {
            _ended.TrySetException(failure);
        }

        _ended.TrySetResult();
    }

    private void WriteAll(JournalCommands commands)
    {
        List<Turn> batch = [];
        while (_turns.TryTake(out var turn, Timeout.Infinite))
        {
            do
            {
                batch.Add(turn);
            }
            while (batch.Count < _options.MaxBatch && _turns.TryTake(out turn));

            if (_failure is null)
            {
                Commit(commands, batch);
            }
            else
            {
                Refuse(batch);
            }

            batch.Clear();
        }
    }

    private void Commit(JournalCommands commands, List<Turn> batch)
    {
        try
        {
            if (Crashes(CommitStage.Before, batch))
            {
                return;
            }

            Write(commands, batch);
            if (Crashes(CommitStage.After, batch))
            {
                return;
            }
        }
        catch (SqliteException failure)
        {
            Fail(failure, batch);
            return;
        }

        batch.ForEach(turn => turn.Committed());
    }

    private static void Write(JournalCommands commands, List<Turn> batch)
    {
        commands.WaitForDisk(batch.Exists(turn => turn.IsDurable));
        commands.Begin();
        try
        {
            batch.ForEach(turn => turn.Apply(commands));
            commands.Commit();
        }
        catch (SqliteException)
        {
            TryRollback(commands);
            throw;
        }
    }

    private static void TryRollback(JournalCommands commands)
    {
        try
        {
            commands.Rollback();
        }
        catch (SqliteException)
        {
            // The failure itself has ended the transaction, which is what is wanted.
        }
    }

    private bool Crashes(CommitStage stage, List<Turn> batch)
    {
        if (_options.CrashAt?.Invoke(stage) != true)
        {
            return false;
        }

        _failure = JournalException.Stopping();
        Refuse(batch);
        return true;
    }

    private void Fail(SqliteException failure, List<Turn> batch)
    {
        // What was handed to workflows cannot be taken back, so nothing may follow: the engine stops, and the next start goes on from the file.
        _failure = new JournalException(JournalException.Unwritable, $"cannot write journal \"{_file.Writer.DataSource}\": {failure.Message}", failure);
        Refuse(batch);
        _turns.CompleteAdding(); // the thread refuses what waits and ends, which tells who watches
    }

    private void Refuse(List<Turn> batch) => batch.ForEach(turn => turn.Failed(_failure ?? JournalException.Stopping()));
}
