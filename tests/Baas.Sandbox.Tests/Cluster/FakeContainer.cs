using System.Net;
using System.Net.Sockets;
using System.Text;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Tests.Cluster;

/// <summary>A program that listens on port 7051 of its pod, or one that has ended already.</summary>
internal sealed class FakeContainer : IRunningContainer
{
    public const int Port = 7051;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FakeRuntime _runtime;
    private readonly Socket? _listener;

    public FakeContainer(FakeRuntime runtime, ContainerLaunch launch, int? exit)
    {
        _runtime = runtime;
        if (exit is { } code)
        {
            _exited.SetResult(code);
            return;
        }

        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(launch.Address, Port));
        _listener.Listen();
        _ = AcceptAsync(_listener);
    }

    public Task<int> Exited => _exited.Task;

    /// <summary>The grace that it was stopped with.</summary>
    public TimeSpan? StoppedWith { get; private set; }

    public void Exit(int code)
    {
        _listener?.Dispose();
        _exited.TrySetResult(code);
    }

    public Task StopAsync(TimeSpan grace)
    {
        StoppedWith = grace;
        Exit(0);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Exit(137);
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptAsync();
                var buffer = new byte[1024];
                if (await client.ReceiveAsync(buffer) > 0)
                {
                    await client.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {_runtime.Status} X\r\nContent-Length: 0\r\n\r\n"));
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }
}
