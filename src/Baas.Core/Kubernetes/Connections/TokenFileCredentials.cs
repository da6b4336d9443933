using System.Security.Cryptography.X509Certificates;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>A token in a file that somebody else renews, as the kubelet does with service account tokens.</summary>
internal sealed class TokenFileCredentials(string path, X509Certificate2? certificate, TimeProvider clock) : IClusterCredentials
{
    // The kubelet renews a token when a fifth of its life is left, so a minute is soon enough; client-go does the same.
    private static readonly TimeSpan RereadAfter = TimeSpan.FromMinutes(1);

    private volatile Reading? _last;

    /// <inheritdoc/>
    public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken)
    {
        var last = _last;
        if (last is not null && !ReferenceEquals(last.Credential, refused) && clock.GetElapsedTime(last.At) < RereadAfter)
        {
            return last.Credential;
        }

        var read = new Reading(new ClusterCredential(await ReadAsync(cancellationToken), certificate), clock.GetTimestamp());
        _last = read;
        return read.Credential;
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            return token.Length > 0 ? token : throw Failures.TokenFile(path, "it is empty", null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failures.TokenFile(path, "it cannot be read", failure);
        }
    }

    private sealed record Reading(ClusterCredential Credential, long At);
}
