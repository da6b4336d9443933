using System.Net;
using System.Net.Sockets;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>Takes TCP connections on one address and passes their bytes on to a pod.</summary>
internal sealed class PortForwarder : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<IPEndPoint?> _target;
    private readonly Task _accepting;

    /// <summary>Starts to listen.</summary>
    /// <param name="local">Where to listen.</param>
    /// <param name="target">Where a new connection leads; null refuses it.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public PortForwarder(IPEndPoint local, Func<IPEndPoint?> target)
    {
        _target = target;
        _listener.Bind(local);
        _listener.Listen();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_closing.Token);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(Task.Run(() => PassOnAsync(client)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task PassOnAsync(Socket client)
    {
        using (client)
        {
            using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            try
            {
                if (_target() is { } target)
                {
                    await server.ConnectAsync(target, _closing.Token);
                    await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));
                }
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Either side hung up: the other sees its connection closed.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer, _closing.Token)) > 0)
        {
            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _closing.Token);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
