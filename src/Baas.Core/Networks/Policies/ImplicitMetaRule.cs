namespace Baas.Core.Networks.Policies;

/// <summary>How many of the organizations' policies have to be satisfied.</summary>
public enum ImplicitMetaRule
{
    /// <summary>One of them.</summary>
    Any,

    /// <summary>Every one.</summary>
    All,

    /// <summary>More than half.</summary>
    Majority,
}
