using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Issues a node's signing and TLS certificates for the hosts that it advertises; keys that are stored are used again.</summary>
internal sealed class IssueNodeCertificates(IdentityStore identities, CertificateIssuer issuer)
    : IUndoableStep<IssueNodeCertificates.Input, IssueNodeCertificates.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<IssueNodeCertificates.Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        if (input.Hosts.Count == 0)
        {
            throw new PkiException("host-missing", $"cannot issue certificates of node \"{input.Node}\": it has no address, so nobody could trust it");
        }

        var authority = await identities.ReadAuthorityAsync(input.Network, input.Node.Organization, cancellationToken);
        var former = await identities.FindNodeAsync(input.Network, input.Node, cancellationToken);
        var identity = Identity(input, authority, former);
        if (former is null)
        {
            identity = await identities.AddNodeAsync(input.Network, input.Node, identity, cancellationToken);
        }
        else if (former != identity)
        {
            await identities.ReplaceNodeAsync(input.Network, input.Node, identity, cancellationToken);
        }

        return new Output(identity.Fingerprint());
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => identities.DeleteNodeAsync(input.Network, input.Node, cancellationToken);

    private NodeIdentity Identity(Input input, AuthorityKeys authority, NodeIdentity? former)
    {
        using var keys = new IdentityKeys(issuer, authority, input.Ca, IdentityKeys.OrganizationOf(input.Network, input.Node.Organization));
        var name = input.Node.ToString();
        var signing = IdentityKeys.ProfileOf(input.Role) is { } profile ? keys.Signing(profile, name, former?.Signing) : null;
        var tls = keys.Tls(signing is null ? CertificateProfile.TlsServer : CertificateProfile.TlsNode, name, input.Hosts, former?.Tls);
        return new NodeIdentity(input.MspId, signing, tls);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, MspId MspId, NodeRole Role, CaSpec Ca, IReadOnlyList<string> Hosts) : IStepInput<IssueNodeCertificates.Output>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }

    /// <summary>What was issued.</summary>
    /// <param name="Fingerprint">Changes with the certificates; pods carry it, so that a renewed certificate restarts them.</param>
    public sealed record Output(string Fingerprint);
}
