using System.Net;
using System.Net.Sockets;

namespace Baas.Testing.Programs;

/// <summary>A port of the loopback at which nobody listens, nor anybody else can begin to.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_bound.LocalEndPoint!).Port; // it is bound

    public void Dispose() => _bound.Dispose();
}
