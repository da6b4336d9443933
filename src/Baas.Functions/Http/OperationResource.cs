using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Functions.Http;

/// <summary>An operation as the API shows it.</summary>
public sealed record OperationResource
{
    /// <summary>Its id.</summary>
    public required OperationId Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantName Tenant { get; init; }

    /// <summary>The network that it changes.</summary>
    public required NetworkName Network { get; init; }

    /// <summary>What it does.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required OperationState State { get; init; }

    /// <summary>What becomes of a half-made network.</summary>
    public required OnFailure OnFailure { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ended; absent while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The operation that this one tries again.</summary>
    public OperationId? RetryOf { get; init; }

    /// <summary>What it last said of itself.</summary>
    public string? Message { get; init; }

    /// <summary>Why it failed, and what it has left.</summary>
    public WorkflowFailure? Failure { get; init; }

    /// <summary>Its steps as a tree, in the order in which they were begun. In lists and in the answer to a change: absent.</summary>
    public IReadOnlyList<StepResource>? Steps { get; init; }

    internal static OperationResource Of(OperationView view) => Of(view.Record, view.Workflow);

    internal static OperationResource Of(OperationRecord record, WorkflowStatus? workflow) => new()
    {
        Id = record.Id,
        Tenant = record.Network.Tenant,
        Network = record.Network.Network,
        Kind = record.Kind,
        State = record.State,
        OnFailure = record.OnFailure,
        CreatedAt = record.CreatedAt,
        CreatedBy = record.CreatedBy,
        EndedAt = record.EndedAt,
        RetryOf = record.RetryOf,
        Message = workflow?.Message,
        Failure = record.Failure,
        Steps = workflow is null ? null : StepResource.Of(workflow.Calls),
    };
}
