namespace Baas.Core.Fabric.Transport;

/// <summary>No connection to a node. Transient: nodes restart, addresses settle.</summary>
internal sealed class NodeUnreachableException : BaasException
{
    /// <summary>Tells of a node that could not be connected to.</summary>
    /// <param name="node">The node, for people.</param>
    /// <param name="reason">What went wrong.</param>
    /// <param name="cause">What was caught.</param>
    public NodeUnreachableException(string node, string reason, Exception? cause = null)
        : base("node-unreachable", $"cannot reach node \"{node}\": {reason}", cause) => IsTransient = true;
}
