using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>
/// Renews the certificates of an organization's admin or client, for the same keys. Nothing has to be undone: the former ones are good until they
/// expire, for whoever has exported them.
/// </summary>
internal sealed class RenewUser(IdentityStore identities, CertificateIssuer issuer) : IStep<RenewUser.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var former = await identities.ReadUserAsync(input.Network, input.Organization, input.User, cancellationToken);
        if (former.Fingerprint() != input.Fingerprint)
        {
            return Nothing.Value; // they were renewed since they were looked at
        }

        var authority = await identities.ReadAuthorityAsync(input.Network, input.Organization, cancellationToken);
        using var keys = new IdentityKeys(issuer, authority, input.Ca, IdentityKeys.OrganizationOf(input.Network, input.Organization));
        var name = $"{input.User}@{input.Organization}";
        var profile = input.User == UserIdentity.Admin ? CertificateProfile.Admin : CertificateProfile.Client;
        var next = former with { Signing = keys.Renewed(profile, name, former.Signing), Tls = keys.Renewed(CertificateProfile.TlsClient, name, former.Tls) };
        await identities.ReplaceUserAsync(input.Network, input.Organization, input.User, next, cancellationToken);
        return Nothing.Value;
    }

    /// <summary>What the step needs.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Organization">The user's organization.</param>
    /// <param name="User"><see cref="UserIdentity.Admin"/> or <see cref="UserIdentity.Client"/>.</param>
    /// <param name="Fingerprint">The fingerprint of the certificates that are to be renewed; others are left alone.</param>
    /// <param name="Ca">How long certificates of the organization are valid.</param>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, string User, string Fingerprint, CaSpec Ca) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => $"{User}.{Organization}";
    }
}
