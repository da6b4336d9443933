using Baas.Core.Fabric.Peers;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Manages chaincodes on one peer, as one identity; each method throws what <see cref="Endorser.RunAsync"/> throws.</summary>
internal sealed class ChaincodeLifecycle(Endorser peer)
{
    // The one refusal that means absence; it has no status of its own (core/chaincode/lifecycle/lifecycle.go).
    private const string NotApproved = "could not fetch approved chaincode definition";

    /// <summary>Installs a package; one that is there already counts.</summary>
    public async Task InstallAsync(ChaincodePackage package, CancellationToken cancellationToken)
    {
        // A second installation is refused, so look first.
        if (await IsInstalledAsync(package.Id, cancellationToken))
        {
            return;
        }

        try
        {
            await peer.RunAsync(LifecycleCalls.Install(package), $"install chaincode package \"{package.Label}\"", cancellationToken);
        }
        catch (PeerRejectedException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another installation of the same package may have been under way.
            if (!await IsInstalledAsync(package.Id, cancellationToken))
            {
                throw;
            }
        }
    }

    /// <summary>Whether a package is installed.</summary>
    public async Task<bool> IsInstalledAsync(string packageId, CancellationToken cancellationToken)
    {
        // Of all packages: asked for one that is absent, peers fail like for any other reason.
        var installed = await ListInstalledAsync(cancellationToken);
        return installed.Any(package => package.PackageId == packageId);
    }

    /// <summary>The packages that are installed.</summary>
    public async Task<IReadOnlyList<InstalledChaincode>> ListInstalledAsync(CancellationToken cancellationToken)
    {
        var answer = await peer.RunAsync(LifecycleCalls.QueryInstalled(), "list chaincode packages", cancellationToken);
        return [.. QueryInstalledChaincodesResult.Parser.ParseFrom(answer).InstalledChaincodes.Select(item => new InstalledChaincode(item.PackageId, item.Label))];
    }

    /// <summary>What the peer's organization has approved for a sequence; null: nothing.</summary>
    public async Task<ApprovedDefinition?> FindApprovedAsync(ChannelName channel, string name, long sequence, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await peer.RunAsync(LifecycleCalls.QueryApproved(channel, name, sequence), $"read the approval of chaincode \"{name}\"", cancellationToken);
            return Definitions.Approved(name, QueryApprovedChaincodeDefinitionResult.Parser.ParseFrom(answer));
        }
        catch (PeerRejectedException rejection) when (rejection.Reason.Contains(NotApproved, StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Who has approved a definition. The peer refuses when the definition's sequence is not the next one.</summary>
    public async Task<CommitReadiness> CheckReadinessAsync(ChannelName channel, ChaincodeDefinition definition, CancellationToken cancellationToken)
    {
        var answer = await peer.RunAsync(LifecycleCalls.CheckReadiness(channel, definition), $"check approvals of chaincode \"{definition.Name}\"", cancellationToken);
        return Definitions.Readiness(CheckCommitReadinessResult.Parser.ParseFrom(answer));
    }

    /// <summary>The definition that is committed; null: none.</summary>
    public async Task<ChaincodeDefinition?> FindCommittedAsync(ChannelName channel, string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await peer.RunAsync(LifecycleCalls.QueryCommitted(channel, name), $"read the definition of chaincode \"{name}\"", cancellationToken);
            return Definitions.Committed(name, QueryChaincodeDefinitionResult.Parser.ParseFrom(answer));
        }
        catch (PeerRejectedException rejection) when (rejection.Status == PeerRejectedException.NotFound)
        {
            return null;
        }
    }

    /// <summary>All definitions that are committed on a channel.</summary>
    public async Task<IReadOnlyList<ChaincodeDefinition>> ListCommittedAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var answer = await peer.RunAsync(LifecycleCalls.QueryAllCommitted(channel), $"list chaincodes of channel \"{channel}\"", cancellationToken);
        return [.. QueryChaincodeDefinitionsResult.Parser.ParseFrom(answer).ChaincodeDefinitions.Select(Definitions.Listed)];
    }
}
