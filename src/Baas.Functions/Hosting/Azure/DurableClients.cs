using Microsoft.DurableTask.Client;

namespace Baas.Functions.Hosting.Azure;

/// <summary>The client of Durable Task of the function that runs on this flow: the host gives it to functions only, and the use cases are singletons.</summary>
internal sealed class DurableClients
{
    private readonly AsyncLocal<DurableTaskClient?> _current = new();

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">Called from outside of a function that has one.</exception>
    public DurableTaskClient Current => _current.Value ?? throw new InvalidOperationException("workflows can be asked for only within a function that has a durable client");

    /// <summary>Makes a client the one of this flow until the result is disposed.</summary>
    public IDisposable Use(DurableTaskClient client)
    {
        _current.Value = client;
        return new End(this);
    }

    private sealed class End(DurableClients clients) : IDisposable
    {
        public void Dispose() => clients._current.Value = null;
    }
}
