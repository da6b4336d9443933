using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Microsoft.Extensions.Logging;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>What all running instances share.</summary>
internal sealed class Shared(
    JournalOptions options, WorkflowCatalog catalog, TimeProvider clock, ILogger logger, JournalWriter writer, (long Instance, long Event) largestKeys, long firstRevision, CancellationToken stopping)
{
    private long _instanceKey = largestKeys.Instance;
    private long _eventNumber = largestKeys.Event;

    public JournalOptions Options { get; } = options;

    public WorkflowCatalog Catalog { get; } = catalog;

    public TimeProvider Clock { get; } = clock;

    public ILogger Logger { get; } = logger;

    public JournalWriter Writer { get; } = writer;

    /// <summary>Where the revisions of this run of the engine begin; above all of earlier runs.</summary>
    public long FirstRevision { get; } = firstRevision;

    /// <summary>Cancelled when the engine stops.</summary>
    public CancellationToken Stopping { get; } = stopping;

    /// <summary>Runs steps.</summary>
    public required StepRunner Steps { get; init; }

    /// <summary>Called on the writer's thread when a root has ended or turned out to be known already.</summary>
    public required Action<InstanceTree> Forget { get; init; }

    public long NextInstanceKey() => Interlocked.Increment(ref _instanceKey);

    public long NextEventNumber() => Interlocked.Increment(ref _eventNumber);
}
