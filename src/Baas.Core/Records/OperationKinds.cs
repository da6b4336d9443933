using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>What the kinds of operations have in common.</summary>
public static class OperationKinds
{
    extension(OperationKind kind)
    {
        /// <summary>Whether the operation looks after a network that is ready, which stays so, rather than making or deleting one.</summary>
        public bool IsMaintenance() => kind is not (OperationKind.CreateNetwork or OperationKind.DeleteNetwork or OperationKind.RestoreNetwork);

        /// <summary>The state of the network while the operation runs.</summary>
        public NetworkState StateMeanwhile(NetworkState before) => kind switch
        {
            OperationKind.CreateNetwork => NetworkState.Creating,
            OperationKind.DeleteNetwork => NetworkState.Deleting,
            _ => before,
        };
    }
}
