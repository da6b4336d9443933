using Baas.Core.Networks;

namespace Baas.Core.Storage.Identities;

/// <summary>A node's identity before and after its certificates are renewed, kept until that has ended. Only ever stored encrypted.</summary>
/// <param name="Operation">The operation that renews.</param>
/// <param name="Former">The identity that the node goes back to when it does not come back with the next one.</param>
/// <param name="Next">The identity with renewed certificates.</param>
public sealed record NodeRenewal(OperationId Operation, NodeIdentity Former, NodeIdentity Next)
{
    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => $"NodeRenewal by {Operation}";
}
