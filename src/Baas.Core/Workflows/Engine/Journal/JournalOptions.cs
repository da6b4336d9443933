using System.ComponentModel.DataAnnotations;

namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>Settings of the embedded workflow engine.</summary>
public sealed class JournalOptions
{
    /// <summary>The file that holds all histories; made when it is absent. Its folder has to be on a local disk and belongs to one process at a time.</summary>
    /// <value>The default is <c>journal.db</c> in the current folder.</value>
    [Required]
    public string Path { get; set; } = "journal.db";

    /// <summary>How many steps run at the same time, over all workflows.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 10_000)]
    public int ParallelSteps { get; set; } = 64;

    /// <summary>How many calls one workflow may make; past them all but undoing is refused, so that a workflow that never ends cannot fill the disk.</summary>
    /// <value>The default is 100,000.</value>
    [Range(1, 10_000_000)]
    public int MaxCalls { get; set; } = 100_000;

    /// <summary>How many unanswered events one workflow may have.</summary>
    /// <value>The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxEvents { get; set; } = 10_000;

    /// <summary>How long a stop waits for running steps to notice it.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many turns of workflows one transaction takes at most.</summary>
    internal int MaxBatch { get; set; } = 256;

    /// <summary>Asked around every commit: true stops the writer there, as a crash would. For tests of exactly that.</summary>
    internal Func<Recording.CommitStage, bool>? CrashAt { get; set; }
}
