namespace Baas.Core.Records;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>Makes a network.</summary>
    CreateNetwork,

    /// <summary>Deletes a network.</summary>
    DeleteNetwork,

    /// <summary>Heals what a look at the network has found.</summary>
    HealNetwork,
}
