using System.Globalization;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Chaincodes;

/// <summary>Looks whether the transaction that proves a chaincode is committed.</summary>
internal sealed class ProofCommitted(FabricAccess access, TimeProvider clock) : IStep<ProofCommitted.Input, ProofCommitted.Seen>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, chaincode, peers, id) = input;
        using var gateway = await access.GatewayAsync(network, peers, new GatewayDeadlines(), clock, cancellationToken);
        return await gateway.Client.Channel(chaincode.Channel.Value).LookAsync(id, cancellationToken) switch
        {
            null => new Seen(false, $"no peer of {peers[0].Node.Organization} has transaction {id}", null),
            { IsValid: true } outcome => new Seen(true, $"transaction {id} is in block {outcome.BlockNumber}", outcome.BlockNumber.ToString(CultureInfo.InvariantCulture)),
            { } outcome => throw new ProofInvalidException(chaincode, outcome),
        };
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, ChaincodeSpec Chaincode, IReadOnlyList<NodeEndpoint> Peers, string TransactionId) : IStepInput<ProofCommitted.Seen>
    {
        /// <inheritdoc/>
        public string Subject => $"transaction {TransactionId} of {Chaincode.Name}";
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether it is committed.</param>
    /// <param name="Detail">What there is instead.</param>
    /// <param name="Block">The number of its block; null when it does not hold.</param>
    public sealed record Seen(bool Holds, string Detail, string? Block) : Observation(Holds, Detail);
}
