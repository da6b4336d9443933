using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Transactions;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>
/// What an organization or a channel decides about a chaincode: approvals and commits. Each looks first, and looks again when the
/// transaction fails, as an earlier attempt may have been ordered without anybody hearing of it.
/// </summary>
/// <param name="peer">Where to look.</param>
/// <param name="submitter">What brings decisions into the ledger.</param>
internal sealed class ChaincodeDecisions(Endorser peer, TransactionSubmitter submitter)
{
    private readonly ChaincodeLifecycle _lifecycle = new(peer);

    /// <summary>Approves a definition for the peer's organization; the same approval counts, another one is replaced.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="packageId">The package that the organization's peers run for it.</param>
    /// <param name="cancellationToken">Gives up; the approval may be committed nevertheless.</param>
    /// <exception cref="BaasException">What <see cref="TransactionSubmitter.SubmitAsync"/> throws.</exception>
    public async Task ApproveAsync(ChannelName channel, ChaincodeDefinition definition, string packageId, CancellationToken cancellationToken)
    {
        // Fabric refuses to approve the same twice.
        if (await IsApprovedAsync(channel, definition, packageId, cancellationToken))
        {
            return;
        }

        try
        {
            await submitter.SubmitAsync(LifecycleCalls.Approve(channel, definition, packageId), $"approve chaincode \"{definition.Name}\"", cancellationToken);
        }
        catch (BaasException failure) when (MayBeThere(failure))
        {
            if (!await IsApprovedAsync(channel, definition, packageId, cancellationToken))
            {
                throw;
            }
        }
    }

    /// <summary>Commits a definition to the channel; the same one counts.</summary>
    /// <exception cref="ChaincodeDefinitionException">Another one is committed for this sequence or a later one.</exception>
    /// <exception cref="BaasException">What <see cref="TransactionSubmitter.SubmitAsync"/> throws.</exception>
    public async Task CommitAsync(ChannelName channel, ChaincodeDefinition definition, CancellationToken cancellationToken)
    {
        if (await IsCommittedAsync(channel, definition, cancellationToken))
        {
            return;
        }

        try
        {
            await submitter.SubmitAsync(LifecycleCalls.Commit(channel, definition), $"commit chaincode \"{definition.Name}\"", cancellationToken);
        }
        catch (BaasException failure) when (MayBeThere(failure))
        {
            if (!await IsCommittedAsync(channel, definition, cancellationToken))
            {
                throw;
            }
        }
    }

    // Refused as unchanged or out of sequence; found invalid as the second of two; ordered, but not heard of.
    private static bool MayBeThere(BaasException failure) => failure is PeerRejectedException or TransactionInvalidException or CommitUnknownException;

    private async Task<bool> IsApprovedAsync(ChannelName channel, ChaincodeDefinition definition, string packageId, CancellationToken cancellationToken) =>
        await _lifecycle.FindApprovedAsync(channel, definition.Name, definition.Sequence, cancellationToken) is { } approved
        && approved.PackageId == packageId
        && approved.Definition.DifferencesFrom(definition).Count == 0;

    private async Task<bool> IsCommittedAsync(ChannelName channel, ChaincodeDefinition definition, CancellationToken cancellationToken)
    {
        var committed = await _lifecycle.FindCommittedAsync(channel, definition.Name, cancellationToken);
        if (committed is null || committed.Sequence < definition.Sequence)
        {
            return false;
        }

        var differences = committed.DifferencesFrom(definition);
        return differences.Count == 0
            ? true
            : throw new ChaincodeDefinitionException(channel, definition.Name, $"sequence {committed.Sequence} is committed with another {string.Join(", ", differences)}");
    }
}
