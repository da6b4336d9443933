using Baas.Core.Networks;
using Baas.Core.Operations.Queues;

namespace Baas.Functions.Http.Queues;

/// <summary>A message of the queue that was given up, as the API shows it.</summary>
public sealed record PoisonResource
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant that it is about; absent when that cannot be told.</summary>
    public TenantName? Tenant { get; init; }

    /// <summary>The network that it is about.</summary>
    public NetworkName? Network { get; init; }

    /// <summary>The operation that was to begin, which has ended.</summary>
    public OperationId? Operation { get; init; }

    /// <summary>Why it was given up.</summary>
    public required string Reason { get; init; }

    /// <summary>How often it was delivered.</summary>
    public required int Deliveries { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it was given up.</summary>
    public required DateTimeOffset PoisonedAt { get; init; }

    /// <summary>What was sent.</summary>
    public required string Content { get; init; }

    internal static PoisonResource Of(PoisonView view) => new()
    {
        Id = view.Message.Id,
        Tenant = view.Network?.Tenant,
        Network = view.Network?.Network,
        Operation = view.Operation,
        Reason = view.Message.Reason,
        Deliveries = view.Message.Deliveries,
        SentAt = view.Message.SentAt,
        PoisonedAt = view.Message.PoisonedAt,
        Content = view.Message.Content,
    };
}
