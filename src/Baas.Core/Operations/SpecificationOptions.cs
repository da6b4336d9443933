using Baas.Core.Networks.Validation;

namespace Baas.Core.Operations;

/// <summary>What an installation accepts as a specification.</summary>
public sealed class SpecificationOptions
{
    /// <summary>The most bytes of a specification in UTF-8. The default is 256 KiB, which leaves room for the limits below in full.</summary>
    public int MaxBytes { get; set; } = 256 * 1024;

    /// <summary>How large a network may be.</summary>
    public SpecLimits Limits { get; set; } = new();

    /// <summary>The names of the clusters that the settings know. The default is one, <c>default</c>.</summary>
    public IReadOnlyList<string> Clusters { get; set; } = ["default"];
}
