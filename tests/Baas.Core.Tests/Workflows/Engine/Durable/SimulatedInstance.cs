using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Core.Tests.Workflows.Engine.Durable;

/// <summary>One instance of a <see cref="SimulatedHub"/>: its history, and what its last turn asked for.</summary>
internal sealed class SimulatedInstance(string id, WorkflowCall call, DateTimeOffset createdAt, (SimulatedInstance Instance, int Number)? parent)
{
    public string Id { get; } = id;

    public WorkflowCall Call { get; } = call;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public (SimulatedInstance Instance, int Number)? Parent { get; } = parent;

    /// <summary>Results by the number of their operation, and events by their name, in the order in which they came.</summary>
    public List<(DateTimeOffset At, int? Number, string? Event, string Json)> History { get; } = [];

    /// <summary>What was asked for so far, by number.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The numbers of operations that are being carried out.</summary>
    public HashSet<int> Launched { get; } = [];

    public Dictionary<int, ITimer> Timers { get; } = [];

    public string? ProgressJson { get; set; }

    public WorkflowOutcome? Outcome { get; set; }

    /// <summary>What a client is shown; it is read from JSON, as it would be from an engine.</summary>
    public DurableInstance Shown => new(
        Call.Name, Outcome?.State ?? WorkflowState.Running, CreatedAt, UpdatedAt, ProgressJson is { } json ? WorkflowProgress.FromJson(json) : null,
        Outcome is null ? null : DurableJson.Read<WorkflowOutcome>(DurableJson.Write(Outcome, "an outcome"), "an outcome"));
}
