using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Issues an organization's admin and client identities.</summary>
internal sealed class IssueUsers(IdentityStore identities, CertificateIssuer issuer) : IUndoableStep<IssueUsers.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var authority = await identities.ReadAuthorityAsync(input.Network, input.Organization, cancellationToken);
        using var keys = new IdentityKeys(issuer, authority, input.Ca, IdentityKeys.OrganizationOf(input.Network, input.Organization));
        await IssueAsync(input, keys, UserIdentity.Admin, CertificateProfile.Admin, cancellationToken);
        await IssueAsync(input, keys, UserIdentity.Client, CertificateProfile.Client, cancellationToken);
        return Nothing.Value;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        await identities.DeleteUserAsync(input.Network, input.Organization, UserIdentity.Admin, cancellationToken);
        await identities.DeleteUserAsync(input.Network, input.Organization, UserIdentity.Client, cancellationToken);
    }

    private async Task IssueAsync(Input input, IdentityKeys keys, string user, CertificateProfile profile, CancellationToken cancellationToken)
    {
        var former = await identities.FindUserAsync(input.Network, input.Organization, user, cancellationToken);
        var name = $"{user}@{input.Organization}";
        var wanted = new UserIdentity(
            input.MspId, keys.Signing(profile, name, former?.Signing), keys.Tls(CertificateProfile.TlsClient, name, [], former?.Tls));
        if (former is null)
        {
            await identities.AddUserAsync(input.Network, input.Organization, user, wanted, cancellationToken);
        }
        else if (former != wanted)
        {
            await identities.ReplaceUserAsync(input.Network, input.Organization, user, wanted, cancellationToken);
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, MspId MspId, CaSpec Ca) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Organization.Value;
    }
}
