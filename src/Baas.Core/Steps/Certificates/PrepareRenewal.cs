using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>
/// Issues the certificates that follow those of a node, for the same keys, and stores them beside the present ones; the node does not notice.
/// Undone by forgetting both: the identity that the node has by then is the one that stays.
/// </summary>
internal sealed class PrepareRenewal(IdentityStore identities, CertificateIssuer issuer) : IUndoableStep<PrepareRenewal.Input, PrepareRenewal.Output>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Output> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var renewal = await identities.FindRenewalAsync(input.Network, input.Node, cancellationToken);
        if (renewal?.Operation != input.Operation)
        {
            var former = await identities.ReadNodeAsync(input.Network, input.Node, cancellationToken);
            if (former.Fingerprint() != input.Fingerprint)
            {
                return new Output(null);
            }

            var authority = await identities.ReadAuthorityAsync(input.Network, input.Node.Organization, cancellationToken);
            renewal = new NodeRenewal(input.Operation, former, Next(input, authority, former));
            await identities.PutRenewalAsync(input.Network, input.Node, renewal, cancellationToken);
        }

        return new Output(CertificateFacts.Parse(renewal.Next.Tls.CertificatePem).SerialNumber);
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) => identities.DeleteRenewalAsync(input.Network, input.Node, cancellationToken);

    private NodeIdentity Next(Input input, AuthorityKeys authority, NodeIdentity former)
    {
        using var keys = new IdentityKeys(issuer, authority, input.Ca, IdentityKeys.OrganizationOf(input.Network, input.Node.Organization));
        var name = input.Node.ToString();
        var profile = IdentityKeys.ProfileOf(input.Role);
        var signing = profile is not null && former.Signing is { } pair && !input.KeepsSigning ? keys.Renewed(profile, name, pair) : former.Signing;
        return former with { Signing = signing, Tls = keys.Renewed(profile is null ? CertificateProfile.TlsServer : CertificateProfile.TlsNode, name, former.Tls) };
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Operation">The operation that renews: it issues once, however often the step runs.</param>
    /// <param name="Node">The node.</param>
    /// <param name="Role">What it does.</param>
    /// <param name="Fingerprint">The fingerprint of the certificates that are to be renewed; others are left alone.</param>
    /// <param name="Ca">How long certificates of its organization are valid.</param>
    /// <param name="KeepsSigning">Whether its signing certificate stays as it is.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, NodeReference Node, NodeRole Role, string Fingerprint, CaSpec Ca, bool KeepsSigning) : IStepInput<PrepareRenewal.Output>
    {
        /// <inheritdoc/>
        public string Subject => Node.ToString();
    }

    /// <summary>What was issued.</summary>
    /// <param name="SerialNumber">The serial number of the TLS certificate, by which it is known in a handshake; null when the certificates were renewed since they were looked at.</param>
    public sealed record Output(string? SerialNumber);
}
