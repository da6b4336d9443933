using System.Net.Sockets;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Transport;

/// <summary>
/// All sockets to Fabric nodes, pooled by endpoint, trust and client certificate. What nobody has used for a while is closed,
/// keys included.
/// </summary>
internal sealed class FabricConnections(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleHandler = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan IdleSocket = TimeSpan.FromMinutes(5);

    // Fabric's nodes hang up on clients that ping more often than once a minute (ServerMinInterval).
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    // Names may come to mean other addresses: sockets for new calls are renewed now and then.
    private static readonly TimeSpan SocketLifetime = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Key, Pooled> _pool = [];
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>How many pools are open.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _pool.Count;
            }
        }
    }

    /// <summary>The way to a node. Connects to <see cref="NodeEndpoint.Dial"/>; the certificate has to be for <see cref="NodeEndpoint.Host"/>.</summary>
    public NodeConnection To(NodeEndpoint endpoint, NodeTls tls) => new(this, endpoint, tls);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var pooled in _pool.Values)
            {
                pooled.Invoker.Dispose();
            }

            _pool.Clear();
        }
    }

    /// <summary>Hands out the sender for one call.</summary>
    internal Lease Rent(Key key, NodeTls tls)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_pool.TryGetValue(key, out var pooled))
            {
                CloseUnused();
                pooled = new Pooled(new HttpMessageInvoker(Handler(key, tls)));
                _pool.Add(key, pooled);
            }

            pooled.Calls++;
            return new Lease(this, pooled);
        }
    }

    private void Return(Pooled pooled)
    {
        lock (_gate)
        {
            pooled.Calls--;
            pooled.LastUsed = clock.GetTimestamp();
        }
    }

    private void CloseUnused()
    {
        foreach (var (key, pooled) in _pool.Where(entry => entry.Value.Calls == 0 && clock.GetElapsedTime(entry.Value.LastUsed) > IdleHandler).ToList())
        {
            _pool.Remove(key);
            pooled.Invoker.Dispose();
        }
    }

    private static SocketsHttpHandler Handler(Key key, NodeTls tls) => new()
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(key.Dial, key.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        ConnectTimeout = ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingTimeout = PingTimeout,
        PooledConnectionIdleTimeout = IdleSocket,
        PooledConnectionLifetime = SocketLifetime,
        SslOptions = TlsSettings.For(tls, key.Host),
        UseCookies = false,
        UseProxy = false,
    };

    /// <summary>What makes two connections the same.</summary>
    /// <param name="Dial">The host that is connected to.</param>
    /// <param name="Port">The port.</param>
    /// <param name="Host">The name that the certificate has to hold.</param>
    /// <param name="Tls">A hash of trust and client certificate.</param>
    internal readonly record struct Key(string Dial, int Port, string Host, string Tls);

    /// <summary>The use of a pool by one call.</summary>
    internal sealed class Lease(FabricConnections connections, Pooled pooled) : IDisposable
    {
        private int _returned;

        /// <summary>Sends requests to the node.</summary>
        public HttpMessageInvoker Invoker => pooled.Invoker;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                connections.Return(pooled);
            }
        }
    }

    /// <summary>One pool and its use.</summary>
    internal sealed class Pooled(HttpMessageInvoker invoker)
    {
        public HttpMessageInvoker Invoker { get; } = invoker;

        public int Calls { get; set; }

        public long LastUsed { get; set; }
    }
}
