using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>
/// Writes down which version a node is to run, before it is told so: whoever looks meanwhile has to know that the specification is behind.
/// </summary>
internal sealed class RecordNodeVersion(RecordStore records, TimeProvider clock) : IStep<RecordNodeVersion.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        await records.ChangeAsync<NetworkRecord>(RecordNames.Network(input.Network), network => With(network, input), cancellationToken);
        return Nothing.Value;
    }

    private NetworkRecord With(NetworkRecord network, Input input)
    {
        var versions = network.NodeVersions.Where(one => one.Key != input.Node.ToString()).ToDictionary();
        if (input.Version != network.Spec.FabricVersion)
        {
            versions[input.Node.ToString()] = input.Version;
        }

        return network with { NodeVersions = versions, UpdatedAt = clock.GetUtcNow() };
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, FabricVersion Version) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }
}
