namespace Baas.Core.Networks;

/// <summary>What one node may use, as Kubernetes quantities.</summary>
public sealed record NodeResources
{
    /// <summary>The processor time that is set aside. The default is <c>100m</c>.</summary>
    public string Cpu { get; init; } = "100m";

    /// <summary>The processor time that is allowed. The default is <c>2</c>.</summary>
    public string CpuLimit { get; init; } = "2";

    /// <summary>The memory that is set aside. The default is <c>256Mi</c>.</summary>
    public string Memory { get; init; } = "256Mi";

    /// <summary>The memory that is allowed. The default is <c>1Gi</c>.</summary>
    public string MemoryLimit { get; init; } = "1Gi";

    /// <summary>The size of the ledger's volume. The default is <c>10Gi</c>.</summary>
    public string Storage { get; init; } = "10Gi";

    /// <summary>The volume's storage class; the cluster's default when absent.</summary>
    public string? StorageClass { get; init; }
}
