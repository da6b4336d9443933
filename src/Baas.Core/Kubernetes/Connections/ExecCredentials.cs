namespace Baas.Core.Kubernetes.Connections;

/// <summary>Credentials from an exec plugin, kept until they run out or are refused.</summary>
internal sealed class ExecCredentials(ExecPlugin plugin, TimeProvider clock) : IClusterCredentials, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile ExecAnswer? _last;

    /// <inheritdoc/>
    public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken)
    {
        if (Kept(refused) is { } kept)
        {
            return kept;
        }

        await _turn.WaitAsync(cancellationToken); // one run for all who wait
        try
        {
            return Kept(refused) ?? (_last = await ExecRun.StartAsync(plugin, clock, cancellationToken)).Credential;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private ClusterCredential? Kept(ClusterCredential? refused) =>
        _last is { } last && !ReferenceEquals(last.Credential, refused) && (last.Expires is not { } expires || clock.GetUtcNow() < expires) ? last.Credential : null;
}
