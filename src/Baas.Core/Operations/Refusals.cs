using Baas.Core.Networks;
using Baas.Core.Networks.Plans;
using Baas.Core.Records;

namespace Baas.Core.Operations;

/// <summary>The refusals that several use cases share, worded once.</summary>
internal static class Refusals
{
    public static RefusedException NoNetwork(NetworkName network) =>
        new(RefusalKind.NotFound, "network-not-found", $"cannot find network \"{network}\"");

    public static RefusedException NoOperation(OperationId operation) =>
        new(RefusalKind.NotFound, "operation-not-found", $"cannot find operation \"{operation}\"");

    public static RefusedException NoTenant(TenantName tenant) =>
        new(RefusalKind.NotFound, "tenant-not-found", $"cannot find tenant \"{tenant}\"");

    public static RefusedException Exists(NetworkRecord network) => network.ActiveOperation is null
        ? new(RefusalKind.Conflict, "network-exists", $"cannot create network \"{network.Reference.Network}\": it exists already") { Operation = network.LastOperation }
        : Busy(network);

    public static RefusedException Busy(NetworkRecord network) =>
        new(RefusalKind.Conflict, "network-busy", $"cannot change network \"{network.Reference.Network}\": operation {network.ActiveOperation} is under way")
        {
            Operation = network.ActiveOperation,
        };

    /// <summary>Why an operation did not get a network that is there.</summary>
    public static RefusedException NotTaken(NetworkRecord network) => network.ActiveOperation is not null || network.State == NetworkState.Ready
        ? Busy(network)
        : NotReady(network, "look after");

    /// <summary>Why something cannot be done with a network that is made, deleted or has failed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="verb">What cannot be done, such as <c>look after</c>.</param>
    public static RefusedException NotReady(NetworkRecord network, string verb) =>
        new(RefusalKind.Conflict, "network-not-ready", $"cannot {verb} network \"{network.Reference.Network}\": it is {network.State.ToString().ToLowerInvariant()}")
        {
            Operation = network.ActiveOperation ?? network.LastOperation,
        };

    public static RefusedException Changed(NetworkRecord network) =>
        new(RefusalKind.PreconditionFailed, "precondition-failed", $"cannot change network \"{network.Reference.Network}\": its record is not the one that you have seen");

    public static NetworkPlan PlanOf(NetworkSpec? recorded, NetworkSpec wanted)
    {
        var plan = NetworkPlan.Between(recorded, wanted);
        return plan.Violations.Count == 0
            ? plan
            : throw new RefusedException(RefusalKind.Conflict, "change-not-supported", $"cannot change network \"{wanted.Name}\" like this: {plan.Violations[0].Message}")
            {
                Violations = plan.Violations,
            };
    }
}
