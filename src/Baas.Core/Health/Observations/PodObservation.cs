namespace Baas.Core.Health.Observations;

/// <summary>A node's pod as the cluster has it.</summary>
internal sealed record PodObservation
{
    /// <summary>Its uid.</summary>
    public required string Uid { get; init; }

    /// <summary>Kubernetes' phase: <c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c>, <c>Unknown</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>Whether it is ready.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool IsTerminating { get; init; }

    /// <summary>How often its container was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>When its container was last started; null when it does not run.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What its container waits for, in Kubernetes' word; empty when it does not wait.</summary>
    public string Waiting { get; init; } = "";

    /// <summary>What the cluster says about it, one line.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The image of its container.</summary>
    public string? Image { get; init; }
}
