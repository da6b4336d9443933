using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>Asks a container once, over a socket of its own.</summary>
internal static class Prober
{
    /// <summary>Null when the container answered as it should, else why not.</summary>
    public static async Task<string?> AskAsync(ProbeSpec probe, IPAddress address, CancellationToken cancellationToken)
    {
        if (probe.Port is < 1 or > 65535)
        {
            return "the probe names no port of the container";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(probe.Timeout);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, probe.Port), limit.Token);
            return probe.Kind is ProbeKind.Tcp ? null : await GetAsync(probe, socket, address, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer from {address}:{probe.Port} within {probe.Timeout.TotalSeconds:0.###} s";
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            return $"{address}:{probe.Port}: {failure.Message}";
        }
    }

    private static async Task<string?> GetAsync(ProbeSpec probe, Socket socket, IPAddress address, CancellationToken cancellationToken)
    {
        await using var plain = new NetworkStream(socket, ownsSocket: false);
        if (probe.Kind is ProbeKind.Http)
        {
            return await StatusAsync(probe, plain, address, cancellationToken);
        }

        await using var secured = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = probe.Host ?? address.ToString(),
#pragma warning disable CA5359 // a probe asks whether somebody answers, not who: Kubernetes does the same
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        };
        await secured.AuthenticateAsClientAsync(options, cancellationToken);
        return await StatusAsync(probe, secured, address, cancellationToken);
    }

    private static async Task<string?> StatusAsync(ProbeSpec probe, Stream stream, IPAddress address, CancellationToken cancellationToken)
    {
        var request = new StringBuilder($"GET {probe.Path} HTTP/1.1\r\nHost: {probe.Host ?? $"{address}:{probe.Port}"}\r\nUser-Agent: kube-probe/baas-sandbox\r\nAccept: */*\r\nConnection: close\r\n");
        foreach (var (name, value) in probe.Headers)
        {
            request.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Append("\r\n").ToString()), cancellationToken);

        // "HTTP/1.1 200": the rest is of no interest.
        const int StatusLength = 12;
        var buffer = ArrayPool<byte>.Shared.Rent(StatusLength);
        try
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, StatusLength), StatusLength, throwOnEndOfStream: false, cancellationToken);
            var line = Encoding.ASCII.GetString(buffer, 0, read);
            var isStatus = int.TryParse(line.Split(' ').ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var status);
            if (!isStatus)
            {
                return "HTTP probe failed: the answer is no HTTP";
            }

            return status is >= 200 and < 400 ? null : $"HTTP probe failed with statuscode: {status}";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
