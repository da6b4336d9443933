using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary>A web server that is no Baas service: it gives everybody one answer.</summary>
internal sealed class HttpListenerOnFreePort : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly Task _serving;

    public HttpListenerOnFreePort(string content)
    {
        _answer = Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n{content}");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public void Dispose()
    {
        _listener.Dispose();
        _ = _serving.Exception; // its accept was interrupted: that is how it ends
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var buffer = new byte[4096];
            _ = await client.GetStream().ReadAsync(buffer);
            await client.GetStream().WriteAsync(_answer);
        }
    }
}
