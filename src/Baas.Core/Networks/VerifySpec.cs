namespace Baas.Core.Networks;

/// <summary>A transaction that proves that a chaincode works: submitted once after the chaincode was committed, then read.</summary>
public sealed record VerifySpec
{
    /// <summary>The function that is submitted.</summary>
    public required string Function { get; init; }

    /// <summary>Its arguments. The default is none.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>What is evaluated afterwards; nothing when absent.</summary>
    public VerifyQuerySpec? Query { get; init; }
}
