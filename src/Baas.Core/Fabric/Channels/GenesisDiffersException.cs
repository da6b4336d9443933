using Baas.Core.Networks;

namespace Baas.Core.Fabric.Channels;

/// <summary>A node has a channel of the right name that begins with another block: it belongs to another network, or to an earlier one.</summary>
/// <param name="node">The node.</param>
/// <param name="channel">The channel.</param>
internal sealed class GenesisDiffersException(NodeEndpoint node, ChannelName channel)
    : BaasException("genesis-differs", $"cannot use channel \"{channel}\" of node \"{node.Node}\": it begins with another genesis block; what does the node's volume come from?");
