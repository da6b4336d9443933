namespace Baas.Core.Fabric.Transport;

/// <summary>The TLS handshake with a node failed: one side does not accept the other's certificate.</summary>
/// <param name="node">The node, for people.</param>
/// <param name="reason">What went wrong.</param>
/// <param name="cause">What was caught.</param>
internal sealed class NodeUntrustedException(string node, string reason, Exception? cause = null)
    : BaasException("node-untrusted", $"cannot trust node \"{node}\": {reason}", cause);
