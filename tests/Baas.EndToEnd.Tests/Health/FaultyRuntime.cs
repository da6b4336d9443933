using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Baas.Sandbox.Emulation;
using Baas.Sandbox.Pods;

namespace Baas.EndToEnd.Tests.Health;

/// <summary>Emulated nodes that a test can kill, pause, or cut off from others by name.</summary>
internal sealed class FaultyRuntime : IContainerRuntime
{
    private static readonly int[] Ports = [7050, 7051, 7052, 8443, 9443];

    private readonly EmulatedRuntime _inner = new(TimeProvider.System);
    private readonly ConcurrentDictionary<string, Container> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _cut = new(StringComparer.Ordinal);

    public bool CanRun(ContainerLaunch launch) => _inner.CanRun(launch);

    public async Task<IRunningContainer> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        var whole = launch with { Resolve = name => _cut.ContainsKey(launch.Pod) ? null : launch.Resolve(name) };
        var container = new Container(whole, _inner, await _inner.StartAsync(whole, cancellationToken));
        _running[launch.Pod] = container;
        return container;
    }

    /// <summary>Ends a pod's program as a crash would.</summary>
    public async Task KillAsync(string pod) => await _running[pod].DisposeAsync();

    /// <summary>Leaves a pod's program there, deaf and dumb: connections are taken and never answered.</summary>
    public Task PauseAsync(string pod) => _running[pod].PauseAsync();

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync(string pod) => _running[pod].ResumeAsync();

    /// <summary>Makes a pod find nobody by name from its next start on.</summary>
    public void Cut(string pod) => _cut[pod] = true;

    /// <summary>Ends <see cref="Cut"/>.</summary>
    public void Mend(string pod) => _cut.TryRemove(pod, out _);

    private sealed class Container : IRunningContainer
    {
        private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<TcpListener> _deaf = [];
        private readonly ContainerLaunch _launch;
        private readonly EmulatedRuntime _runtime;
        private IRunningContainer? _inner;

        public Container(ContainerLaunch launch, EmulatedRuntime runtime, IRunningContainer inner)
        {
            (_launch, _runtime) = (launch, runtime);
            Follow(inner);
        }

        public Task<int> Exited => _exited.Task;

        public async Task PauseAsync()
        {
            if (Interlocked.Exchange(ref _inner, null) is { } running)
            {
                await running.StopAsync(TimeSpan.Zero);
                foreach (var port in _launch.Environment.ContainsKey("CHAINCODE_ID") ? [] : Ports) // of a chaincode only its port is looked at: it is closed then
                {
                    var listener = new TcpListener(new IPEndPoint(_launch.Address, port));
                    listener.Start();
                    _deaf.Add(listener);
                }
            }
        }

        public async Task ResumeAsync()
        {
            EndDeafness();
            Follow(await _runtime.StartAsync(_launch, CancellationToken.None));
        }

        public async Task StopAsync(TimeSpan grace)
        {
            EndDeafness();
            if (_inner is { } running)
            {
                await running.StopAsync(grace);
            }

            _exited.TrySetResult(0);
        }

        public async ValueTask DisposeAsync()
        {
            EndDeafness();
            if (_inner is { } running)
            {
                await running.DisposeAsync();
            }

            _exited.TrySetResult(137);
        }

        // A program that ends is the container's end, unless it was only paused.
        private void Follow(IRunningContainer inner)
        {
            _inner = inner;
            inner.Exited.ContinueWith(
                ended =>
                {
                    if (ReferenceEquals(_inner, inner))
                    {
                        _exited.TrySetResult(ended.Result);
                    }
                },
                TaskScheduler.Default);
        }

        private void EndDeafness()
        {
            _deaf.ForEach(listener => listener.Dispose());
            _deaf.Clear();
        }
    }
}
