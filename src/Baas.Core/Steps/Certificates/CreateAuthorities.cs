using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Storage.Identities;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Makes an organization's signing CA and TLS CA, or takes those that are stored.</summary>
internal sealed class CreateAuthorities(IdentityStore identities, BroughtAuthorityStore brought, CertificateIssuer issuer)
    : IUndoableStep<CreateAuthorities.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Local;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (network, organization, mspId, _) = input;
        var keys = await identities.FindAuthorityAsync(network, organization, cancellationToken)
            ?? await identities.AddAuthorityAsync(network, organization, await MakeAsync(input, cancellationToken), cancellationToken);

        // What is there stays: it may know more by now, such as revocation lists.
        if (await identities.FindTrustAsync(network, organization, cancellationToken) is null)
        {
            await identities.PutTrustAsync(network, organization, TrustIn(keys, mspId), cancellationToken);
        }

        return Nothing.Value;
    }

    /// <inheritdoc/>
    public Task UndoAsync(Input input, CancellationToken cancellationToken) =>
        identities.DeleteAuthorityAsync(input.Network, input.Organization, cancellationToken);

    private async Task<AuthorityKeys> MakeAsync(Input input, CancellationToken cancellationToken)
    {
        using var signing = await MakeAsync(input, "ca", input.Ca.Algorithm, input.Ca.SigningIssuer, cancellationToken);
        using var tls = await MakeAsync(input, "tlsca", input.Ca.TlsAlgorithm, input.Ca.TlsIssuer, cancellationToken);
        return new AuthorityKeys(new KeyPair(signing.ChainPem, signing.PrivateKeyPem), new KeyPair(tls.ChainPem, tls.PrivateKeyPem));
    }

    private async Task<CertificateAuthority> MakeAsync(Input input, string name, KeyAlgorithm algorithm, CaName? above, CancellationToken cancellationToken)
    {
        var request = new AuthorityRequest(
            $"{name}.{input.Organization}",
            IdentityKeys.OrganizationOf(input.Network, input.Organization),
            algorithm,
            input.Ca.CaValidity.ToTimeSpan());
        if (above is not { } issuerName)
        {
            return issuer.MakeRoot(request);
        }

        var authority = await brought.ReadAsync(input.Network.Tenant, issuerName, cancellationToken);
        using var parent = issuer.OpenBrought(authority.ChainPem, authority.PrivateKeyPem);
        return issuer.MakeIntermediate(parent, request);
    }

    private static OrganizationTrust TrustIn(AuthorityKeys keys, MspId mspId)
    {
        using var signing = CertificateAuthority.Open(keys.Signing.CertificatePem, keys.Signing.PrivateKeyPem);
        using var tls = CertificateAuthority.Open(keys.Tls.CertificatePem, keys.Tls.PrivateKeyPem);
        return new OrganizationTrust
        {
            MspId = mspId,
            Roots = [signing.Root],
            Intermediates = signing.Intermediates,
            TlsRoots = [tls.Root],
            TlsIntermediates = tls.Intermediates,
        };
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, MspId MspId, CaSpec Ca) : IStepInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Organization.Value;
    }
}
