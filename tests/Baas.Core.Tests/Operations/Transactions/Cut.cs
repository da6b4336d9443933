namespace Baas.Core.Tests.Operations.Transactions;

/// <summary>Where the way of a transaction ends.</summary>
public enum Cut
{
    Nowhere,

    /// <summary>The gateways go away before an orderer has it.</summary>
    BeforeOrdering,

    /// <summary>The gateways go away when an orderer has it.</summary>
    AfterOrdering,

    /// <summary>It is handed over, and nobody tells of its end.</summary>
    BeforeStatus,
}
