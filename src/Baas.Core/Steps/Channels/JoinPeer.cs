using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Channels;

/// <summary>Makes a peer a member of a channel.</summary>
internal sealed class JoinPeer : IStep<JoinPeer.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChannelName Channel, NodeEndpoint Peer) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{Peer.Node} → {Channel}";
    }
}
