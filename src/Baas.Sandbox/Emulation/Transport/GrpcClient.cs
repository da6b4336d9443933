using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>A node's own calls to another node: one request, any number of answers.</summary>
internal sealed class GrpcClient : IDisposable
{
    private const int PrefixLength = 5;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _address;

    /// <summary>Prepares a connection; nothing is dialled before the first call.</summary>
    /// <param name="host">The name that the other node's certificate has to hold.</param>
    /// <param name="endPoint">Where the other node is.</param>
    /// <param name="roots">The roots that its certificate may come from; null when it speaks plain text.</param>
    /// <param name="client">The certificate to show when it is asked for, or null.</param>
    public GrpcClient(string host, IPEndPoint endPoint, X509Certificate2Collection? roots, X509Certificate2? client)
    {
        _address = new Uri($"{(roots is null ? "http" : "https")}://{host}:{endPoint.Port}");
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await ConnectAsync(endPoint, cancellationToken),
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        if (roots is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = ListenerTls.TrustOnly(roots, "1.3.6.1.5.5.7.3.1"),
                ClientCertificateContext = client is null ? null : SslStreamCertificateContext.Create(client, null, offline: true),
            };
        }

        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends one message and reads answers until the call ends.</summary>
    /// <exception cref="GrpcFailure">The call ended with another status than OK.</exception>
    /// <exception cref="HttpRequestException">There is no connection, or no trust.</exception>
    public async IAsyncEnumerable<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        using var message = Request(new Uri(_address, method), request);
        using var answer = await _invoker.SendAsync(message, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var prefix = new byte[PrefixLength];
        while (await body.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken) == PrefixLength)
        {
            var bytes = new byte[BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(bytes, cancellationToken);
            yield return parser.ParseFrom(bytes);
        }

        Judge(answer);
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static HttpRequestMessage Request(Uri address, IMessage request)
    {
        var frame = new byte[PrefixLength + request.CalculateSize()];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - PrefixLength));
        request.WriteTo(frame.AsSpan(PrefixLength));
        var content = new ByteArrayContent(frame);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var message = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return message;
    }

    private static void Judge(HttpResponseMessage answer)
    {
        var headers = answer.TrailingHeaders.Contains("grpc-status") ? (HttpHeaders)answer.TrailingHeaders : answer.Headers;
        var status = headers.TryGetValues("grpc-status", out var values) && int.TryParse(values.First(), out var number) ? (GrpcStatusCode)number : GrpcStatusCode.Unknown;
        if (status != GrpcStatusCode.Ok)
        {
            throw new GrpcFailure(status, headers.TryGetValues("grpc-message", out var texts) ? Uri.UnescapeDataString(texts.First()) : $"HTTP {(int)answer.StatusCode}");
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
