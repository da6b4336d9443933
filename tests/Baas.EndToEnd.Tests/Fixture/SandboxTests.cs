namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>Tests that have a sandbox cluster of their own each.</summary>
public abstract class SandboxTests : IAsyncLifetime
{
    private SandboxHost? _host;

    private protected SandboxHost Host => _host ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _host = await StartHostAsync();

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected virtual Task<SandboxHost> StartHostAsync() => SandboxHost.StartAsync();
}
