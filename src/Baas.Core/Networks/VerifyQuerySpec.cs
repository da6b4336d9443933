namespace Baas.Core.Networks;

/// <summary>A call that is evaluated after the transaction of a verification.</summary>
public sealed record VerifyQuerySpec
{
    /// <summary>The function.</summary>
    public required string Function { get; init; }

    /// <summary>Its arguments. The default is none.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];
}
