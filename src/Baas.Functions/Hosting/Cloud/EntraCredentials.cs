using Azure.Core;
using Azure.Identity;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Connections;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>Shows AKS a token of the app's own identity: no kubelogin, no secret in the kubeconfig.</summary>
internal sealed class EntraCredentials(TokenCredential identity, TimeProvider clock) : IClusterCredentials
{
    // The application that all AKS API servers stand for.
    private static readonly TokenRequestContext Request = new(["6dae42f8-4368-4678-94ff-3960e28e3630/.default"]);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private volatile Holding? _last;

    /// <inheritdoc/>
    public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken)
    {
        if (_last is { } last && !ReferenceEquals(last.Credential, refused) && clock.GetUtcNow() < last.ExpiresOn - Margin)
        {
            return last.Credential;
        }

        try
        {
            var token = await identity.GetTokenAsync(Request, cancellationToken);
            Holding fresh = new(new ClusterCredential(token.Token, null), token.ExpiresOn);
            _last = fresh;
            return fresh.Credential;
        }
        catch (AuthenticationFailedException failure)
        {
            throw new KubernetesException("cluster-unauthorized", $"cannot get a token for the cluster: {failure.Message.ReplaceLineEndings(" ")}", cause: failure) { IsTransient = true };
        }
    }

    private sealed record Holding(ClusterCredential Credential, DateTimeOffset ExpiresOn);
}
