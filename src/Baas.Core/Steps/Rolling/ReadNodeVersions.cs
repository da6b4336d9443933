using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Rolling;

/// <summary>Reads which nodes run another version than the specification says, from an upgrade that has not ended well.</summary>
internal sealed class ReadNodeVersions(RecordStore records) : IStep<ReadNodeVersions.Input, ReadNodeVersions.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken) =>
        new((await records.GetAsync<NetworkRecord>(RecordNames.Network(input.Network), cancellationToken))?.Record.NodeVersions ?? new Dictionary<string, FabricVersion>());

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network) : IStepInput<ReadNodeVersions.Output>
    {
        /// <inheritdoc/>
        public string Subject => Network.Network.Value;
    }

    /// <summary>What was read.</summary>
    /// <param name="Versions">The versions by the nodes' full names; empty when all nodes run what the specification says.</param>
    public sealed record Output(IReadOnlyDictionary<string, FabricVersion> Versions);
}
